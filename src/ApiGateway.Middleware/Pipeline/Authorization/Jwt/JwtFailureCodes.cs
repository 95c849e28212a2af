namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>The codes of <see cref="JwtFailure"/> in logs and metrics.</summary>
internal static class JwtFailureCodes
{
    public static string ToCode(this JwtFailure failure) => failure switch
    {
        JwtFailure.None => "none",
        JwtFailure.Missing => "missing",
        JwtFailure.Malformed => "malformed",
        JwtFailure.TooLarge => "too_large",
        JwtFailure.AlgorithmNotAllowed => "alg_not_allowed",
        JwtFailure.Critical => "crit",
        JwtFailure.UnknownIssuer => "unknown_issuer",
        JwtFailure.UnknownKid => "unknown_kid",
        JwtFailure.KeyUnusable => "key_unusable",
        JwtFailure.BadSignature => "bad_signature",
        JwtFailure.Expired => "expired",
        JwtFailure.NotYetValid => "not_yet_valid",
        JwtFailure.BadAudience => "bad_audience",
        JwtFailure.BadTokenUse => "bad_token_use",
        JwtFailure.MissingScope => "missing_scope",
        JwtFailure.ClaimMismatch => "claim_mismatch",
        JwtFailure.DuplicateMember => "duplicate_member",
        JwtFailure.KeysUnavailable => "keys_unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "There is no code for this failure."),
    };
}
