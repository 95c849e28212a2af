using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the issuers of a <c>JWT</c> authorizer.</summary>
internal sealed class JwtIssuerCompiler(JwtProfile profile, bool allowsInsecureKeys, DefinitionErrors errors)
{
    private const int MaxAudiences = 50;

    // Checked for every token.
    private static readonly string[] RegisteredClaims = ["iss", "exp", "nbf", "iat"];

    private bool IsHttp => profile == JwtProfile.Http;

    /// <summary>Compiles, or gives <see langword="null"/> and tells what is wrong.</summary>
    public List<JwtIssuerPlan>? Compile(IList<JwtIssuerDefinition> issuers, DefinitionOrigin at)
    {
        if (issuers.Count == 0 || (IsHttp && issuers.Count > 1))
        {
            errors.Add(at, $"An authorizer of type JWT needs {(IsHttp ? "one issuer" : "an issuer at least")}, but has {issuers.Count}.");
            return null;
        }

        var plans = new List<JwtIssuerPlan>(issuers.Count);
        for (var i = 0; i < issuers.Count; i++)
        {
            var origin = issuers[i].Origin ?? at.Child($"{i}");
            if (plans.Exists(plan => plan.Issuer == issuers[i].Issuer))
            {
                errors.Add(origin.Child("Issuer"), $"'{issuers[i].Issuer}' is there twice. Put the audiences of one issuer together.");
            }
            else if (Compile(issuers[i], origin) is { } plan)
            {
                plans.Add(plan);
            }
        }

        return plans.Count == issuers.Count ? plans : null;
    }

    private JwtIssuerPlan? Compile(JwtIssuerDefinition issuer, DefinitionOrigin origin)
    {
        var isGood = true;
        if (!JwtIssuerPlan.IsIssuer(issuer.Issuer, allowsInsecureKeys))
        {
            Tell(origin.Child("Issuer"), $"must be the issuer as it stands in 'iss', an address over https without query and fragment, but is '{issuer.Issuer}'.");
        }

        if (issuer.Audiences.Count is 0 or > MaxAudiences || issuer.Audiences.Any(string.IsNullOrEmpty))
        {
            Tell(origin.Child("Audiences"), $"must be from 1 to {MaxAudiences} texts that a token names in 'aud', but are {issuer.Audiences.Count}{(issuer.Audiences.Any(string.IsNullOrEmpty) ? ", one of them empty" : "")}.");
        }

        Uri? keys = null;
        if (issuer.JwksUri is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out keys) && JwtIssuerPlan.IsKeyAddress(keys, allowsInsecureKeys)))
        {
            Tell(origin.Child("JwksUri"), $"must be an address over https, or over http from the loopback address with 'Jwt:AllowInsecureJwks', but is '{text}'.");
        }

        var rules = new List<JwtClaimRule>();
        for (var i = 0; i < issuer.AdditionalClaims.Count; i++)
        {
            var at = issuer.AdditionalClaims[i].Origin ?? origin.Child("AdditionalClaims").Child($"{i}");
            if (Compile(issuer.AdditionalClaims[i], at) is { } rule)
            {
                rules.Add(rule);
            }
            else
            {
                isGood = false;
            }
        }

        return !isGood ? null : new JwtIssuerPlan
        {
            Issuer = issuer.Issuer,
            JwksUri = keys,
            Audiences = [.. issuer.Audiences],
            ClaimRules = rules,
            KeyRules = IsHttp ? JwtKeyRules.Http : JwtKeyRules.Rest,
        };

        void Tell(DefinitionOrigin at, string message)
        {
            isGood = false;
            errors.Add(at, message);
        }
    }

    private JwtClaimRule? Compile(JwtAdditionalClaimDefinition claim, DefinitionOrigin origin)
    {
        var hasFormat = TryFormat(claim.Format, out var format);
        var (member, error) =
            IsHttp ? ("ClaimName", "Additional claims are a matter of REST APIs: HTTP APIs look at issuer, audience, times and scopes. Remove it.")
            : claim.ClaimName.Length == 0 ? ("ClaimName", "An additional claim needs a name.")
            : RegisteredClaims.Contains(claim.ClaimName) ? ("ClaimName", $"'{claim.ClaimName}' is checked for every token and cannot be an additional claim. Remove it.")
            : !hasFormat ? ("Format", $"must be one of single-string, string-array, space-separated-values, but is '{claim.Format}'.")
            : format == JwtClaimFormat.SpaceSeparatedValues && claim.ExpectedValues.Any(static value => value.Contains(' ', StringComparison.Ordinal))
                ? ("ExpectedValues", "must be single words, since the format is space-separated-values.")
            : ("", null);
        if (error is null)
        {
            return new JwtClaimRule(claim.ClaimName, [.. claim.ExpectedValues], format, claim.Required);
        }

        errors.Add(origin.Child(member), error);
        return null;
    }

    private static bool TryFormat(string text, out JwtClaimFormat format)
    {
        var found = text switch
        {
            "single-string" => JwtClaimFormat.SingleString,
            "string-array" => JwtClaimFormat.StringArray,
            "space-separated-values" => JwtClaimFormat.SpaceSeparatedValues,
            _ => (JwtClaimFormat?)null,
        };
        format = found.GetValueOrDefault();
        return found is not null;
    }
}
