using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Checks what the options say of callers: access keys with their policies, and user pools.</summary>
internal static class CallerOptionsValidator
{
    private static readonly TimeSpan LongestSkew = TimeSpan.FromMinutes(5);

    public static void Check(ValidateOptionsResultBuilder result, ApiGatewayOptions options)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var credential in options.Credentials)
        {
            Check(result, credential, ids);
        }

        if (options.Jwt.ClockSkew < TimeSpan.Zero || options.Jwt.ClockSkew > LongestSkew)
        {
            result.AddError(
                $"must be from '00:00:00' to '{LongestSkew:c}', but is '{options.Jwt.ClockSkew:c}'.", $"{nameof(options.Jwt)}:{nameof(JwtOptions.ClockSkew)}");
        }

        foreach (var (id, pool) in options.Jwt.UserPools)
        {
            var name = $"{nameof(options.Jwt)}:{nameof(JwtOptions.UserPools)}:{id}";
            if (pool.Issuer is { } issuer && !JwtIssuerPlan.IsIssuer(issuer, options.Jwt.AllowInsecureJwks))
            {
                result.AddError($"must be an address over https without query and fragment, but is '{issuer}'.", $"{name}:{nameof(pool.Issuer)}");
            }

            if (pool.JwksUri is { } uri && !IsAllowed(uri, options.Jwt))
            {
                result.AddError(
                    $"must be an address over https, or over http from the loopback address with '{nameof(JwtOptions.AllowInsecureJwks)}', but is '{uri}'.",
                    $"{name}:{nameof(pool.JwksUri)}");
            }
        }
    }

    private static bool IsAllowed(string text, JwtOptions options) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && JwtIssuerPlan.IsKeyAddress(uri, options.AllowInsecureJwks);

    private static void Check(ValidateOptionsResultBuilder result, SigV4Credential credential, HashSet<string> ids)
    {
        var name = $"{nameof(ApiGatewayOptions.Credentials)}:{credential.AccessKeyId}";
        if (!ids.Add(credential.AccessKeyId))
        {
            result.AddError("is there twice. Remove one.", name);
        }

        if (credential.PrincipalArn is { } arn && !PolicyPrincipal.TryFromArn(arn, out _))
        {
            result.AddError(
                $"must be the ARN of a user, session or account such as 'arn:aws:iam::123456789012:user/ann', but is '{arn}'.",
                $"{name}:{nameof(credential.PrincipalArn)}");
        }

        CheckPolicies(result, credential.IdentityPolicies, $"{name}:Policies");
        CheckPolicies(result, credential.SessionPolicies, $"{name}:{nameof(credential.SessionPolicies)}");
        CheckPolicies(
            result, credential.PermissionsBoundary is { } boundary ? [boundary] : [], $"{name}:{nameof(credential.PermissionsBoundary)}");
    }

    private static void CheckPolicies(ValidateOptionsResultBuilder result, IReadOnlyList<string> policies, string name)
    {
        for (var i = 0; i < policies.Count; i++)
        {
            _ = PolicyDocument.TryParse(policies[i], PolicyKind.Identity, PolicyOptions.Default, out _, out var issues);
            foreach (var issue in issues.Errors)
            {
                result.AddError(issue.ToString(), $"{name}:{i}");
            }
        }
    }
}
