using ApiGateway.Middleware.Signing;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>What a request says about its signature, read and found possible, but not verified yet.</summary>
internal sealed class SignatureClaim
{
    public required bool IsPresigned { get; init; }

    /// <summary>Gets the id of the access key.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>Gets the time of signing: <c>yyyyMMddTHHmmssZ</c>, UTC.</summary>
    public required string Timestamp { get; init; }

    public required CredentialScope Scope { get; init; }

    /// <summary>Gets the names of the signed headers, with semicolons between them.</summary>
    public required string SignedHeaders { get; init; }

    /// <summary>Gets the signature: 32 bytes.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>Gets the session token, or <see langword="null"/> if the request has none.</summary>
    public string? Token { get; init; }

    /// <summary>Gets whether the request's query leaves the body out of the signature.</summary>
    public bool HasUnsignedPayload { get; init; }
}
