namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Why a token is refused. For logs and metrics; callers learn less.</summary>
internal enum JwtFailure
{
    None,
    Missing,
    Malformed,
    TooLarge,
    AlgorithmNotAllowed,
    Critical,
    UnknownIssuer,
    UnknownKid,
    KeyUnusable,
    BadSignature,
    Expired,
    NotYetValid,
    BadAudience,
    BadTokenUse,
    MissingScope,
    ClaimMismatch,
    DuplicateMember,
    KeysUnavailable,
}
