namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The key of a token, or why there is none.</summary>
/// <param name="Failure">Why there is none.</param>
/// <param name="Key">The key, if there is no failure.</param>
internal readonly record struct KeyLookup(JwtFailure Failure, VerificationKey? Key);
