namespace ApiGateway.Middleware.Snapshots;

/// <summary>The algorithms of signatures that may be allowed (RFC 7518, section 3). There is no other: neither <c>none</c> nor HMAC.</summary>
[Flags]
internal enum JwtAlgorithms
{
    None = 0,
    RS256 = 1,
    RS384 = 2,
    RS512 = 4,
    PS256 = 8,
    PS384 = 16,
    PS512 = 32,
    ES256 = 64,
    ES384 = 128,
    ES512 = 256,
}
