using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles an authorizer for one stage. Source: "Configure an API Gateway Lambda authorizer".</summary>
internal sealed class AuthorizerPlanCompiler(
    ApiDefinition api, AuthorizerDefinition authorizer, DefinitionOrigin origin, StageSnapshot stage, HandlerTable handlers,
    DefinitionErrors errors)
{
    private const int MaxLifetime = 3600;
    private const int DefaultLifetime = 300;
    private const string DefaultSource = "method.request.header.Authorization";

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    private bool IsToken => authorizer.Type == "TOKEN";

    /// <summary>Compiles; what is missing at run time, such as a function, leaves a plan that refuses every request.</summary>
    public AuthorizerPlan Compile()
    {
        var sources = CompileSources();
        var handler = CompileHandler();
        var function = authorizer.Handler is null ? new AuthorizerFunctionCompiler(api, authorizer, origin, stage, handlers, errors).Compile() : null;
        return new AuthorizerPlan
        {
            Name = authorizer.Name,
            IsToken = IsToken,
            Sources = sources,
            Validation = CompileValidation(),
            Lifetime = TimeSpan.FromSeconds(CompileLifetime(sources)),
            KeyPrefix = KeyPrefixOf(function),
            Function = function,
            Handler = handler,
            IsAws = (api.HeaderProfile ?? (IsExact ? HeaderProfile.Aws : HeaderProfile.Plain)) == HeaderProfile.Aws,
        };
    }

    private IdentitySource[] CompileSources()
    {
        var at = origin.Child("IdentitySource");
        var written = authorizer.IdentitySource;
        if (string.IsNullOrWhiteSpace(written))
        {
            if (!IsToken)
            {
                return [];
            }

            if (IsExact)
            {
                errors.Add(at, $"An authorizer of type TOKEN needs the header of the token, such as '{DefaultSource}'.");
                return [];
            }

            written = DefaultSource;
        }

        var sources = new List<IdentitySource>();
        foreach (var text in written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Parse(text) is { } source)
            {
                sources.Add(source);
            }
            else
            {
                errors.Add(
                    at,
                    $"An identity source is 'method.request.header.{{name}}', and with type REQUEST also 'method.request.querystring.{{name}}', 'stageVariables.{{name}}' " +
                    $"or 'context.{{name}}', but is '{text}'. Path variables are none.");
            }
        }

        if (IsToken && (sources.Count != 1 || sources[0].Place != IdentityPlace.Header))
        {
            errors.Add(at, $"An authorizer of type TOKEN has one identity source, a header such as '{DefaultSource}', but has '{written}'.");
        }

        return [.. sources];
    }

    private IdentitySource? Parse(string text)
    {
        if (!ParameterExpression.TryParseRequest(text, out var expression))
        {
            return null;
        }

        return expression.Kind switch
        {
            ParameterKind.Header or ParameterKind.MultiValueHeader => new IdentitySource(IdentityPlace.Header, expression.Name),
            ParameterKind.QueryString or ParameterKind.MultiValueQueryString => new IdentitySource(IdentityPlace.QueryString, expression.Name),
            ParameterKind.Context => new IdentitySource(IdentityPlace.Context, expression.Name),
            ParameterKind.StageVariable =>
                new IdentitySource(IdentityPlace.Constant, stage.Variables.TryGetValue(expression.Name, out var value) ? value : ""),
            _ => null,
        };
    }

    private int CompileLifetime(IdentitySource[] sources)
    {
        var at = origin.Child("AuthorizerResultTtlInSeconds");
        var written = authorizer.AuthorizerResultTtlInSeconds;
        if (written is < 0 or > MaxLifetime)
        {
            errors.Add(at, $"must be from 0 to {MaxLifetime} seconds, but is {written}.");
            return 0;
        }

        if (written > 0 && sources.Length == 0)
        {
            // Else one answer would be everybody's.
            errors.Add(at, "Results can be remembered only where there are identity sources to tell callers apart. Add 'IdentitySource', or set 0.");
            return 0;
        }

        return written ?? (sources.Length == 0 || authorizer.Handler is not null ? 0 : DefaultLifetime);
    }

    private Regex? CompileValidation()
    {
        if (authorizer.IdentityValidationExpression is not { Length: > 0 } pattern)
        {
            return null;
        }

        var at = origin.Child("IdentityValidationExpression");
        if (!IsToken)
        {
            errors.Warn(at, "Only tokens are matched against an expression; with type REQUEST it has no effect.");
            return null;
        }

        if (!JavaRegex.TryCompile(pattern, whole: true, ignoreCase: false, out var regex))
        {
            errors.Add(at, $"must be a regular expression of at most {JavaRegex.MaxLength} characters, but is '{pattern}'.");
        }

        return regex;
    }

    private GatewayAuthorizer? CompileHandler()
    {
        if (authorizer.Handler is not { } name)
        {
            return null;
        }

        if (authorizer.AuthorizerUri is not null)
        {
            errors.Add(origin.Child("Handler"), "An authorizer has a 'Handler' or an 'AuthorizerUri', not both. Remove one.");
        }

        if (!handlers.Authorizers.TryGetValue(name, out var handler))
        {
            var known = handlers.Authorizers.Count == 0 ? "none" : string.Join(", ", handlers.Authorizers.Keys.Order(StringComparer.Ordinal));
            errors.Add(origin.Child("Handler"), $"There is no authorizer '{name}'. Register it with AddAuthorizer(\"{name}\", ...). Known: {known}.");
        }

        return handler;
    }

    // Of everything that an answer depends on. Not of the API's other parts: a reload that leaves the authorizer alone keeps its answers.
    private byte[] KeyPrefixOf(LambdaFunctionName? function) => SHA256.HashData(Encoding.UTF8.GetBytes(new CanonicalText()
        .Add(stage.Api.Id).Add(stage.Name).Add(authorizer.Name).Add(authorizer.Type).Add(authorizer.Handler).Add(function?.ToString())
        .Add(authorizer.IdentitySource).Add(authorizer.IdentityValidationExpression).Add(authorizer.AuthorizerResultTtlInSeconds)
        .Add(stage.Api.Region).Add(stage.Api.AccountId).Add(stage.Api.Partition).ToString()));
}
