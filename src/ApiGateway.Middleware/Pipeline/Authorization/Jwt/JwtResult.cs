using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Whose token it is, or why it is refused. The default value refuses.</summary>
internal readonly struct JwtResult
{
    private const int MaxKidLength = 64;

    private readonly JwtFailure _failure;
    private readonly JwtProfile _profile;
    private readonly string? _kid;

    public JwtResult(VerifiedToken token) => Token = token;

    public JwtResult(JwtFailure failure, JwtProfile profile, string? kid = null)
    {
        _failure = failure;
        _profile = profile;
        _kid = kid;
    }

    /// <summary>Gets the token, or <see langword="null"/> if it is refused.</summary>
    public VerifiedToken? Token { get; }

    /// <summary>Gets why it is refused, for logs and metrics.</summary>
    public JwtFailure Failure => Token is not null ? JwtFailure.None : _failure == JwtFailure.None ? JwtFailure.Missing : _failure;

    /// <summary>Gets the key's id as the token says it, for the log: cut, and without what could break a line. Nothing else may be logged.</summary>
    public string? Kid => _kid is null ? null : string.Create(Math.Min(_kid.Length, MaxKidLength), _kid, static (target, kid) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = kid[i] is > ' ' and < '\x7f' ? kid[i] : '?';
        }
    });

    /// <summary>Gets the answer of REST APIs to a token that is refused.</summary>
    public GatewayRefusal? Refusal => Failure switch
    {
        JwtFailure.None => null,
        JwtFailure.KeysUnavailable => GatewayRefusal.AuthorizerConfigurationError,
        JwtFailure.Expired when _profile == JwtProfile.UserPool => GatewayRefusal.ExpiredUserPoolToken,
        JwtFailure.MissingScope when _profile == JwtProfile.Rest => GatewayRefusal.MissingScope,
        _ => GatewayRefusal.Unauthorized,
    };

    /// <summary>Gets the answer of HTTP APIs to a token that is refused.</summary>
    public JwtChallenge Challenge => JwtChallenge.Of(Failure);
}
