namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>What callers of HTTP APIs learn of a token that is refused: the value of <c>www-authenticate</c> (RFC 6750, section 3), and whether the
/// status is 403 in place of 401.</summary>
/// <remarks>The attributes are separated by spaces, as in the recorded answers of the managed service. Of the texts, that about audiences is theirs.</remarks>
internal readonly record struct JwtChallenge
{
    private readonly string? _description;

    private JwtChallenge(string? description, bool isForbidden)
    {
        _description = description;
        IsForbidden = isForbidden;
    }

    /// <summary>Gets whether the token is good, but not for the route: 403 in place of 401.</summary>
    public bool IsForbidden { get; }

    /// <summary>Gets the answer to a failure.</summary>
    public static JwtChallenge Of(JwtFailure failure) => failure switch
    {
        JwtFailure.Missing => default,
        JwtFailure.AlgorithmNotAllowed => Invalid("the token does not have a valid algorithm"),
        JwtFailure.UnknownKid or JwtFailure.KeyUnusable => Invalid("the token does not have a valid key id"),
        JwtFailure.BadSignature => Invalid("the token does not have a valid signature"),
        JwtFailure.UnknownIssuer => Invalid("the token does not have a valid issuer"),
        JwtFailure.BadAudience => Invalid("the token does not have a valid audience"),
        JwtFailure.Expired => Invalid("the token has expired"),
        JwtFailure.NotYetValid => Invalid("the token is not yet valid"),
        JwtFailure.KeysUnavailable => Invalid("OIDC discovery endpoint communication error"),
        JwtFailure.MissingScope => new("the token does not have a valid scope", isForbidden: true),
        _ => Invalid("the token is malformed"),
    };

    /// <summary>Writes the header's value.</summary>
    /// <param name="scopes">The scopes of the route.</param>
    public string ToHeader(string[] scopes) => _description is null ? "Bearer"
        : $"Bearer scope=\"{string.Join(' ', scopes)}\" error=\"{(IsForbidden ? "insufficient_scope" : "invalid_token")}\" error_description=\"{_description}\"";

    private static JwtChallenge Invalid(string description) => new(description, isForbidden: false);
}
