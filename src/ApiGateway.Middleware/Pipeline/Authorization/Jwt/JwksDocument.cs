namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>A document of an issuer.</summary>
/// <param name="Body">The document.</param>
/// <param name="MaxAge">How long the issuer lets it be kept, or <see langword="null"/> if he does not say.</param>
internal sealed record JwksDocument(ReadOnlyMemory<byte> Body, TimeSpan? MaxAge);
