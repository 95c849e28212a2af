using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Policies;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles an authorizer of type <c>REQUEST</c> of an HTTP API for one stage. Source: "Control access to HTTP APIs with AWS Lambda
/// authorizers".</summary>
internal sealed class HttpAuthorizerPlanCompiler(
    ApiDefinition api, AuthorizerDefinition authorizer, DefinitionOrigin origin, StageSnapshot stage, HandlerTable handlers,
    DefinitionErrors errors)
{
    private const int MaxLifetime = 3600;
    private const string Format1 = "1.0";
    private const string Format2 = "2.0";

    private bool IsExact => api.Profile == DefinitionProfile.Exact;

    /// <summary>Compiles; what is missing at run time, such as a function, leaves a plan that refuses every request.</summary>
    public AuthorizerPlan Compile()
    {
        var sources = CompileSources();
        var format = CompileFormat();
        var handler = AuthorizerHandler.Find(authorizer, origin, handlers, errors);
        var function = authorizer.Handler is null ? new AuthorizerFunctionCompiler(api, authorizer, origin, stage, handlers, errors).Compile() : null;
        if (authorizer.IdentityValidationExpression is { Length: > 0 })
        {
            errors.Warn(origin.Child("IdentityValidationExpression"), "Authorizers of HTTP APIs match no expression; it has no effect.");
        }

        return new AuthorizerPlan
        {
            Name = authorizer.Name,
            EventForm = format,
            AnswerForm = CompileAnswerForm(format),
            // What is not known of a condition does not open anything.
            PolicyOptions = new PolicyOptions { ClosesUnknownConditions = true, AdditionalKeys = handlers.ConditionKeys?.Known ?? [] },
            Sources = sources,
            Lifetime = TimeSpan.FromSeconds(CompileLifetime(sources)),
            Timeout = ManagedLimits.HttpAuthorizerTimeout,
            KeyPrefix = KeyPrefixOf(function?.ToString(), format),
            Function = function,
            Handler = handler,
            IsAws = true,
        };
    }

    private IdentitySource[] CompileSources()
    {
        var sources = new List<IdentitySource>();
        foreach (var text in Written())
        {
            if (HttpIdentitySource.Parse(text, stage) is { } source)
            {
                sources.Add(source);
            }
            else
            {
                errors.Add(
                    origin.Child("IdentitySource"),
                    "An identity source is '$request.header.{name}', '$request.querystring.{name}', '$context.{name}' or '$stageVariables.{name}', "
                    + $"but is '{text}'.");
            }
        }

        return [.. sources];
    }

    private IEnumerable<string> Written() => authorizer.IdentitySources
        .Append(authorizer.IdentitySource ?? "")
        .SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private AuthorizerEventForm CompileFormat()
    {
        switch (authorizer.AuthorizerPayloadFormatVersion)
        {
            case Format1:
                return AuthorizerEventForm.Http1;
            case Format2:
                return AuthorizerEventForm.Http2;
            case null when !IsExact || authorizer.Handler is not null:
                return AuthorizerEventForm.Http2;
            default:
                errors.Add(
                    origin.Child("AuthorizerPayloadFormatVersion"),
                    $"must be '{Format1}' or '{Format2}', but is {(authorizer.AuthorizerPayloadFormatVersion is { } found ? $"'{found}'" : "missing")}.");
                return AuthorizerEventForm.Http2;
        }
    }

    private AuthorizerAnswerForm CompileAnswerForm(AuthorizerEventForm format)
    {
        if (!authorizer.EnableSimpleResponses)
        {
            return AuthorizerAnswerForm.JsonPolicy;
        }

        if (format != AuthorizerEventForm.Http2)
        {
            errors.Add(
                origin.Child("EnableSimpleResponses"),
                $"Simple responses need format {Format2}. Set 'AuthorizerPayloadFormatVersion' to '{Format2}', or remove it.");
        }

        return AuthorizerAnswerForm.Simple;
    }

    private int CompileLifetime(IdentitySource[] sources)
    {
        var at = origin.Child("AuthorizerResultTtlInSeconds");
        var written = authorizer.AuthorizerResultTtlInSeconds ?? 0;
        if (written is < 0 or > MaxLifetime)
        {
            errors.Add(at, $"must be from 0 to {MaxLifetime} seconds, but is {written}.");
            return 0;
        }

        if (written == 0 || sources.Length > 0)
        {
            return written;
        }

        // Else one answer would be everybody's.
        const string Message = "Results are remembered only where there are identity sources to tell callers apart. Add 'IdentitySource', or set 0.";
        if (IsExact)
        {
            errors.Warn(at, Message);
        }
        else
        {
            errors.Add(at, Message);
        }

        return 0;
    }

    // Of everything that an answer depends on. Not of the API's other parts: a reload that leaves the authorizer alone keeps its answers.
    private byte[] KeyPrefixOf(string? function, AuthorizerEventForm format) => SHA256.HashData(Encoding.UTF8.GetBytes(new CanonicalText()
        .Add("HTTP").Add(stage.Api.Id).Add(stage.Name).Add(authorizer.Name).Add(authorizer.Handler).Add(function)
        .Add((int)format).Add(authorizer.EnableSimpleResponses).AddList([.. Written()]).Add(authorizer.AuthorizerResultTtlInSeconds)
        .Add(stage.Api.Region).Add(stage.Api.AccountId).Add(stage.Api.Partition).ToString()));
}
