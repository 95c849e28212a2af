using System.Text.Json;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Checks what a token says, once its signature holds. The order decides which reason is told.</summary>
internal static class TokenClaims
{
    private const int Depth = 16;

    public static JwtFailure Check(
        JwsToken token, JwtIssuerPlan issuer, JwtPlan plan, VerificationKey key, DateTimeOffset now, out VerifiedToken? verified)
    {
        verified = null;
        var failure = StrictJson.TryParse(token.Payload, Depth, out var document);
        if (failure != JwtFailure.None)
        {
            return failure;
        }

        using (document)
        {
            var payload = document.RootElement;
            if (VerifiedToken.TextOf(payload, "iss") != issuer.Issuer)
            {
                return JwtFailure.UnknownIssuer;
            }

            // Callers of HTTP APIs learn the reason: of two the first in the order in which the developer guide lists the checks.
            var audience = plan.Profile == JwtProfile.Http ? CheckAudience(payload, issuer, plan.Profile) : JwtFailure.None;
            if (audience != JwtFailure.None)
            {
                return audience;
            }

            failure = CheckTimes(payload, plan.ClockSkew.TotalSeconds, (now - DateTimeOffset.UnixEpoch).TotalSeconds, out var expiresAt);
            if (failure == JwtFailure.None && plan.Profile != JwtProfile.Http)
            {
                failure = plan.Profile == JwtProfile.UserPool ? CheckUserPool(payload, plan) : CheckAudience(payload, issuer, plan.Profile);
            }

            if (failure == JwtFailure.None && !Holds(payload, issuer.ClaimRules))
            {
                failure = JwtFailure.ClaimMismatch;
            }

            if (failure != JwtFailure.None)
            {
                return failure;
            }

            try
            {
                verified = VerifiedToken.From(payload, token, key, plan.Profile, issuer.Issuer, expiresAt);
                return JwtFailure.None;
            }
            catch (InvalidOperationException)
            {
                // Half of a surrogate, somewhere in it.
                return JwtFailure.Malformed;
            }
        }
    }

    private static JwtFailure CheckTimes(JsonElement payload, double skew, double now, out double expiresAt)
    {
        expiresAt = 0;
        if (!payload.TryGetProperty("exp"u8, out var exp) || !StrictJson.TryTime(exp, out expiresAt))
        {
            return JwtFailure.Malformed;
        }

        if (now >= expiresAt + skew)
        {
            return JwtFailure.Expired;
        }

        if (payload.TryGetProperty("nbf"u8, out var nbf))
        {
            if (!StrictJson.TryTime(nbf, out var from))
            {
                return JwtFailure.Malformed;
            }

            if (from > now + skew)
            {
                return JwtFailure.NotYetValid;
            }
        }

        if (payload.TryGetProperty("iat"u8, out var iat))
        {
            if (!StrictJson.TryTime(iat, out var issuedAt))
            {
                return JwtFailure.Malformed;
            }

            if (issuedAt > now + skew)
            {
                return JwtFailure.NotYetValid;
            }
        }

        return JwtFailure.None;
    }

    private static JwtFailure CheckUserPool(JsonElement payload, JwtPlan plan)
    {
        var use = VerifiedToken.TextOf(payload, "token_use");
        if (use is not ("id" or "access"))
        {
            return JwtFailure.BadTokenUse;
        }

        if (!TryAudiences(payload, out var audiences))
        {
            return JwtFailure.Malformed;
        }

        if (plan.IdentityValidation is { } pattern && !Array.Exists(audiences, pattern.IsMatch))
        {
            return JwtFailure.BadAudience;
        }

        if (plan.AllowedClientIds.Count == 0)
        {
            return JwtFailure.None;
        }

        var isAllowed = use == "id"
            ? ContainsAny(plan.AllowedClientIds, audiences)
            : VerifiedToken.TextOf(payload, "client_id") is { } client && plan.AllowedClientIds.Contains(client);
        return isAllowed ? JwtFailure.None : JwtFailure.BadAudience;
    }

    private static JwtFailure CheckAudience(JsonElement payload, JwtIssuerPlan issuer, JwtProfile profile)
    {
        if (!TryAudiences(payload, out var audiences))
        {
            return JwtFailure.Malformed;
        }

        if (profile == JwtProfile.Http && !payload.TryGetProperty("aud"u8, out _) && VerifiedToken.TextOf(payload, "client_id") is { } client)
        {
            audiences = [client];
        }

        return ContainsAny(issuer.Audiences, audiences) ? JwtFailure.None : JwtFailure.BadAudience;
    }

    private static bool TryAudiences(JsonElement payload, out string[] audiences)
    {
        audiences = [];
        if (!payload.TryGetProperty("aud"u8, out var aud))
        {
            return true;
        }

        if (StrictJson.TryText(aud, out var one))
        {
            audiences = [one];
            return true;
        }

        return aud.ValueKind == JsonValueKind.Array && TryTexts(aud, out audiences);
    }

    private static bool TryTexts(JsonElement array, out string[] texts)
    {
        texts = new string[array.GetArrayLength()];
        var count = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (!StrictJson.TryText(item, out var text))
            {
                return false;
            }

            texts[count++] = text;
        }

        return true;
    }

    private static bool Holds(JsonElement payload, IReadOnlyList<JwtClaimRule> rules)
    {
        foreach (var rule in rules)
        {
            if (payload.TryGetProperty(rule.Name, out var value) ? !Matches(value, rule) : rule.IsRequired)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Matches(JsonElement value, JwtClaimRule rule)
    {
        // Without values, a rule asks whether the claim is there.
        if (rule.Values.Count == 0)
        {
            return value.ValueKind != JsonValueKind.Null;
        }

        switch (rule.Format)
        {
            case JwtClaimFormat.StringArray:
                return value.ValueKind == JsonValueKind.Array && TryTexts(value, out var items) && ContainsAny(rule.Values, items);
            case JwtClaimFormat.SpaceSeparatedValues:
                return StrictJson.TryText(value, out var words)
                    && ContainsAny(rule.Values, words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            default:
                return StrictJson.TryText(value, out var text) && rule.Values.Contains(text);
        }
    }

    private static bool ContainsAny(IReadOnlyList<string> expected, string[] found)
    {
        foreach (var one in found)
        {
            if (expected.Contains(one))
            {
                return true;
            }
        }

        return false;
    }
}
