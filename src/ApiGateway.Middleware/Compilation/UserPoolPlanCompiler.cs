using System.Text.RegularExpressions;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles an authorizer of type <c>COGNITO_USER_POOLS</c>. Source: "Control access to REST APIs using Amazon Cognito user pools".</summary>
internal sealed class UserPoolPlanCompiler(
    ApiDefinition api, AuthorizerDefinition authorizer, DefinitionOrigin origin, HandlerTable handlers, DefinitionErrors errors)
{
    private const int MaxLifetime = 3600;
    private const int DefaultLifetime = 300;
    private const string DefaultSource = "method.request.header.Authorization";

    /// <summary>Compiles, or gives <see langword="null"/> and tells what is wrong.</summary>
    public TokenPlan? Compile()
    {
        var header = CompileHeader();
        var issuers = CompileIssuers();
        var lifetime = CompileLifetime();
        var validation = CompileValidation(out var isValid);
        if (authorizer.Handler is not null)
        {
            errors.Add(origin.Child("Handler"), "An authorizer of type COGNITO_USER_POOLS has user pools, not a 'Handler'. Remove it.");
        }

        if (header is null || issuers.Count == 0 || !isValid)
        {
            return null;
        }

        return new TokenPlan(authorizer.Name, new IdentitySource(IdentityPlace.Header, header), new JwtPlan
        {
            Name = $"{api.Id ?? api.Name}/{authorizer.Name}",
            Profile = JwtProfile.UserPool,
            Issuers = issuers,
            ClockSkew = handlers.ClockSkew,
            ResultTtl = TimeSpan.FromSeconds(lifetime),
            AllowedClientIds = [.. authorizer.AllowedClientIds],
            IdentityValidation = validation,
        });
    }

    private string? CompileHeader()
    {
        var written = string.IsNullOrWhiteSpace(authorizer.IdentitySource) ? DefaultSource : authorizer.IdentitySource.Trim();
        if (!written.Contains(',', StringComparison.Ordinal) && ParameterExpression.TryParseRequest(written, out var expression) && expression.Kind == ParameterKind.Header)
        {
            return expression.Name;
        }

        errors.Add(
            origin.Child("IdentitySource"),
            $"An authorizer of type COGNITO_USER_POOLS has one identity source, a header such as '{DefaultSource}', but has '{written}'.");
        return null;
    }

    private List<JwtIssuerPlan> CompileIssuers()
    {
        var at = origin.Child("ProviderArns");
        var issuers = new List<JwtIssuerPlan>();
        if (authorizer.ProviderArns.Count == 0)
        {
            errors.Add(at, "An authorizer of type COGNITO_USER_POOLS needs the ARN of a user pool at least.");
        }

        foreach (var arn in authorizer.ProviderArns)
        {
            var pool = handlers.UserPools.TryGetValue(arn[(arn.LastIndexOf('/') + 1)..], out var found) ? found : null;
            if (JwtIssuerPlan.OfUserPool(arn, pool?.Issuer, pool?.JwksUri is { } uri ? new Uri(uri) : null) is not { } issuer)
            {
                errors.Add(
                    at, $"must be ARNs of user pools such as 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI', but one is '{arn}'.");
            }
            else if (issuers.TrueForAll(other => other.Issuer != issuer.Issuer))
            {
                issuers.Add(issuer);
            }
        }

        return issuers;
    }

    private int CompileLifetime()
    {
        var written = authorizer.AuthorizerResultTtlInSeconds ?? DefaultLifetime;
        if (written is >= 0 and <= MaxLifetime)
        {
            return written;
        }

        errors.Add(origin.Child("AuthorizerResultTtlInSeconds"), $"must be from 0 to {MaxLifetime} seconds, but is {written}.");
        return 0;
    }

    private Regex? CompileValidation(out bool isValid)
    {
        isValid = true;
        if (authorizer.IdentityValidationExpression is not { Length: > 0 } pattern)
        {
            return null;
        }

        isValid = JavaRegex.TryCompile(pattern, whole: true, ignoreCase: false, out var regex);
        if (!isValid)
        {
            errors.Add(
                origin.Child("IdentityValidationExpression"),
                $"must be a regular expression of at most {JavaRegex.MaxLength} characters, but is '{pattern}'.");
        }

        return regex;
    }
}
