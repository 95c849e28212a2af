using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>A token whose signature and claims hold. Immutable, since all requests that bring it share it.</summary>
internal sealed class VerifiedToken
{
    public required JwtProfile Profile { get; init; }

    public required string Issuer { get; init; }

    /// <summary>Gets <c>sub</c>, or <see langword="null"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>Gets <c>token_use</c>, or <see langword="null"/>.</summary>
    public string? TokenUse { get; init; }

    /// <summary>Gets the words of <c>scope</c> or <c>scp</c>.</summary>
    public required string[] Scopes { get; init; }

    /// <summary>Gets the end: seconds since 1970.</summary>
    public required double ExpiresAt { get; init; }

    /// <summary>Gets the key that has verified it.</summary>
    public required VerificationKey Key { get; init; }

    /// <summary>Gets the claims as JSON: the payload.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Gets the claims as text, in the authorizer's form.</summary>
    public required FrozenDictionary<string, string> Claims { get; init; }

    /// <summary>Gets the caller, made once for all requests that bring the token.</summary>
    public required CallerIdentity Caller { get; init; }

    /// <summary>Gets the caller for routes that ask for scopes; events of HTTP APIs tell the scopes to these alone.</summary>
    public required CallerIdentity ScopedCaller { get; init; }

    /// <summary>Gets the caller for the application's code.</summary>
    public ClaimsPrincipal Principal => Caller.User!;

    /// <summary>Makes what is kept of a token that has been found good.</summary>
    public static VerifiedToken From(JsonElement payload, JwsToken token, VerificationKey key, JwtProfile profile, string issuer, double expiresAt)
    {
        var claims = new Dictionary<string, string>(StringComparer.Ordinal);
        var list = new List<Claim>();
        foreach (var member in payload.EnumerateObject())
        {
            if (ClaimText.Of(member.Value, profile) is { } text)
            {
                claims[member.Name] = text;
            }

            AddClaims(list, member.Name, member.Value, issuer);
        }

        var isUserPool = profile == JwtProfile.UserPool;
        var texts = claims.ToFrozenDictionary(StringComparer.Ordinal);
        var identity = new SealedIdentity(list, "JWT", isUserPool ? "cognito:username" : "sub", isUserPool ? "cognito:groups" : "roles");
        var user = SealedPrincipal.Of(identity);
        var scopes = ScopesOf(payload, profile);
        var caller = new CallerIdentity
        {
            User = user,
            Claims = texts,
            EventStart = profile switch
            {
                JwtProfile.UserPool => ClaimsEvent.OfTexts(texts),
                JwtProfile.Rest => ClaimsEvent.OfJson(token.Payload),
                _ => ClaimsEvent.OfTexts(texts, scopes: null),
            },
        };
        return new VerifiedToken
        {
            Profile = profile,
            Issuer = issuer,
            Subject = TextOf(payload, "sub"),
            TokenUse = TextOf(payload, "token_use"),
            Scopes = scopes,
            ExpiresAt = expiresAt,
            Key = key,
            Payload = token.Payload,
            Claims = texts,
            Caller = caller,
            ScopedCaller = profile != JwtProfile.Http ? caller
                : new CallerIdentity { User = user, Claims = texts, EventStart = ClaimsEvent.OfTexts(texts, scopes) },
        };
    }

    /// <summary>Tells whether the token has one of the scopes.</summary>
    public bool HasAnyScope(IReadOnlyList<string> required)
    {
        foreach (var scope in Scopes)
        {
            for (var i = 0; i < required.Count; i++)
            {
                if (scope == required[i])
                {
                    return true;
                }
            }
        }

        return false;
    }

    public static string? TextOf(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && StrictJson.TryText(value, out var text) ? text : null;

    private static string[] ScopesOf(JsonElement payload, JwtProfile profile)
    {
        // Where both are there, HTTP APIs take the short one.
        var (first, second) = profile == JwtProfile.Http ? ("scp", "scope") : ("scope", profile == JwtProfile.UserPool ? "scope" : "scp");
        return payload.TryGetProperty(first, out var scopes) || payload.TryGetProperty(second, out scopes) ? WordsOf(scopes) : [];
    }

    private static string[] WordsOf(JsonElement value)
    {
        if (StrictJson.TryText(value, out var text))
        {
            return text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        var words = new List<string>();
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (StrictJson.TryText(item, out var word))
                {
                    words.Add(word);
                }
            }
        }

        return [.. words];
    }

    // One claim for each element, as role checks want it.
    private static void AddClaims(List<Claim> claims, string name, JsonElement value, string issuer)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                claims.Add(ToClaim(name, item, issuer));
            }
        }
        else
        {
            claims.Add(ToClaim(name, value, issuer));
        }
    }

    private static Claim ToClaim(string name, JsonElement value, string issuer) => value.ValueKind switch
    {
        JsonValueKind.String => new Claim(name, value.GetString()!, ClaimValueTypes.String, issuer),
        JsonValueKind.True or JsonValueKind.False => new Claim(name, value.GetRawText(), ClaimValueTypes.Boolean, issuer),
        JsonValueKind.Number when value.TryGetInt64(out _) => new Claim(name, value.GetRawText(), ClaimValueTypes.Integer64, issuer),
        JsonValueKind.Number => new Claim(name, value.GetRawText(), ClaimValueTypes.Double, issuer),
        _ => new Claim(name, value.GetRawText(), "JSON", issuer),
    };
}
