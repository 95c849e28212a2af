using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Decides whether a token is good for an authorizer (RFC 7515, 7519, 8725), and remembers those that are.</summary>
/// <remarks>One instance serves many requests at once. Only signatures that held leave any trace in it.</remarks>
internal sealed class JwtValidator
{
    private const string Bearer = "Bearer";

    private readonly JwtPlan _plan;
    private readonly JwksCache[] _keys;
    private readonly BoundedCache<ResultKey, VerifiedToken>? _known;
    private readonly TimeProvider _time;

    /// <param name="plan">Which tokens are good.</param>
    /// <param name="keys">The keys of each issuer of the plan.</param>
    /// <param name="cacheSize">How many tokens are remembered at most; zero for none.</param>
    /// <param name="time">The clock.</param>
    public JwtValidator(JwtPlan plan, Func<JwtIssuerPlan, JwksCache> keys, int cacheSize, TimeProvider time)
    {
        _plan = plan;
        _keys = [.. plan.Issuers.Select(keys)];
        _time = time;
        _known = cacheSize > 0 && plan.ResultTtl > TimeSpan.Zero ? new(cacheSize, time) : null;
    }

    /// <summary>Gets which tokens are good.</summary>
    public JwtPlan Plan => _plan;

    /// <summary>Validates the token in the values of a header or query parameter.</summary>
    /// <param name="values">All its values; more than one is refused.</param>
    /// <param name="scopes">The scopes of the method, one of which is enough; none where the method has none.</param>
    /// <param name="cancellationToken">Cancelled when the caller goes away.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while keys were waited for.</exception>
    public ValueTask<JwtResult> ValidateAsync(StringValues values, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        if (values.Count > 1)
        {
            return new(Refused(JwtFailure.Malformed));
        }

        var text = TokenIn(values.Count == 0 ? null : values[0]);
        if (text.IsEmpty)
        {
            return new(Refused(JwtFailure.Missing));
        }

        if (text.Length > _plan.MaxTokenBytes)
        {
            return new(Refused(JwtFailure.TooLarge));
        }

        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        try
        {
            // Also refuses white space and what else no token has: the dots are counted, the parts are decoded.
            if (Ascii.FromUtf16(text, rented, out var length) != OperationStatus.Done)
            {
                return new(Refused(JwtFailure.Malformed));
            }

            var token = rented.AsSpan(0, length);
            var hash = _known is null ? default : ResultKey.Of(token);
            return _known is not null && _known.TryGet(hash, out var known) && IsGood(known)
                ? new(Decide(known, scopes))
                : ValidateAsync(token.ToArray(), hash, scopes, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static ReadOnlySpan<char> TokenIn(string? value)
    {
        var text = value.AsSpan().Trim();
        return !text.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? text
            : text.Length == Bearer.Length ? []
            : text[Bearer.Length] == ' ' ? text[Bearer.Length..].TrimStart()
            : text;
    }

    private ValueTask<JwtResult> ValidateAsync(byte[] text, ResultKey hash, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var failure = JwsToken.TryRead(text, _plan, out var token);
        if (failure != JwtFailure.None)
        {
            return new(Refused(failure));
        }

        // Before anything is asked of the network. Where there is one issuer only, nothing is read before the signature holds.
        var issuer = _plan.Profile == JwtProfile.Http ? 0 : IndexOf(token!.PeekIssuer());
        if (issuer < 0)
        {
            return new(Refused(JwtFailure.UnknownIssuer));
        }

        var pending = _keys[issuer].FindAsync(token!.Kid, cancellationToken);
        return pending.IsCompletedSuccessfully
            ? new(Finish(token, _plan.Issuers[issuer], pending.Result, hash, scopes))
            : AwaitedAsync(pending, token, _plan.Issuers[issuer], hash, scopes);
    }

    private async ValueTask<JwtResult> AwaitedAsync(
        ValueTask<KeyLookup> pending, JwsToken token, JwtIssuerPlan issuer, ResultKey hash, IReadOnlyList<string> scopes) =>
        Finish(token, issuer, await pending, hash, scopes);

    private JwtResult Finish(JwsToken token, JwtIssuerPlan issuer, in KeyLookup lookup, ResultKey hash, IReadOnlyList<string> scopes)
    {
        if (lookup.Key is not { } key)
        {
            return Refused(lookup.Failure, token.Kid);
        }

        // The key says what it is for; the token only may agree.
        if ((key.Algorithms & token.Algorithm) == JwtAlgorithms.None)
        {
            return Refused(JwtFailure.AlgorithmNotAllowed, token.Kid);
        }

        if (!key.Verify(token))
        {
            return Refused(JwtFailure.BadSignature, token.Kid);
        }

        var now = _time.GetUtcNow();
        var failure = TokenClaims.Check(token, issuer, _plan, key, now, out var verified);
        if (failure != JwtFailure.None)
        {
            return Refused(failure, token.Kid);
        }

        // In seconds: the last moment that a token may name leaves no room for more in a date.
        var left = verified!.ExpiresAt + _plan.ClockSkew.TotalSeconds - (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        _known?.Set(hash, verified, left < _plan.ResultTtl.TotalSeconds ? TimeSpan.FromSeconds(left) : _plan.ResultTtl);
        return Decide(verified, scopes);
    }

    // What depends on the method, not on the token: done for each request.
    private JwtResult Decide(VerifiedToken token, IReadOnlyList<string> scopes)
    {
        if (_plan.Profile == JwtProfile.UserPool && token.TokenUse != (scopes.Count > 0 ? "access" : "id"))
        {
            return Refused(JwtFailure.BadTokenUse);
        }

        return scopes.Count == 0 || token.HasAnyScope(scopes) ? new JwtResult(token) : Refused(JwtFailure.MissingScope);
    }

    private JwtResult Refused(JwtFailure failure, string? kid = null) => new(failure, _plan.Profile, kid);

    // Whether it would pass again: a remembered token must not outlive its key, nor the keys' last use in an outage.
    private bool IsGood(VerifiedToken token) =>
        !token.Key.IsRetired
        && (_time.GetUtcNow() - DateTimeOffset.UnixEpoch - _plan.ClockSkew).TotalSeconds < token.ExpiresAt
        && _keys[_keys.Length == 1 ? 0 : IndexOf(token.Issuer)].HasKeys;

    private int IndexOf(string? issuer)
    {
        for (var i = 0; i < _plan.Issuers.Count; i++)
        {
            if (_plan.Issuers[i].Issuer == issuer)
            {
                return i;
            }
        }

        return -1;
    }
}
