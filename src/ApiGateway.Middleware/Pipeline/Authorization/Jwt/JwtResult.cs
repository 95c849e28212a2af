using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Whose token it is, or why it is refused. The default value refuses.</summary>
internal readonly struct JwtResult
{
    private readonly JwtFailure _failure;

    public JwtResult(VerifiedToken token) => Token = token;

    public JwtResult(JwtFailure failure, bool tellsOfExpiry = false, string? kid = null)
    {
        _failure = failure;
        TellsOfExpiry = tellsOfExpiry;
        Kid = kid;
    }

    /// <summary>Gets the token, or <see langword="null"/> if it is refused.</summary>
    public VerifiedToken? Token { get; }

    /// <summary>Gets why it is refused, for logs and metrics.</summary>
    public JwtFailure Failure => Token is not null ? JwtFailure.None : _failure == JwtFailure.None ? JwtFailure.Missing : _failure;

    /// <summary>Gets the key's id as the token says it, for the log; unverified, and nothing else of the token may be logged.</summary>
    public string? Kid { get; }

    /// <summary>Gets the answer of REST APIs to a token that is refused.</summary>
    public GatewayRefusal? Refusal => Failure switch
    {
        JwtFailure.None => null,
        JwtFailure.KeysUnavailable => GatewayRefusal.AuthorizerConfigurationError,
        JwtFailure.Expired when TellsOfExpiry => GatewayRefusal.ExpiredUserPoolToken,
        _ => GatewayRefusal.Unauthorized,
    };

    private bool TellsOfExpiry { get; }
}
