using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles an authorizer of a WebSocket API for one stage: each handshake asks it, no result is remembered.</summary>
/// <remarks>Source: "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers".</remarks>
internal sealed class ConnectAuthorizerCompiler(
    ApiDefinition api, AuthorizerDefinition authorizer, DefinitionOrigin origin, StageSnapshot stage, HandlerTable handlers, DefinitionErrors errors)
{
    public AuthorizerPlan Compile()
    {
        WarnOfIgnored();
        return new AuthorizerPlan
        {
            Name = authorizer.Name,
            EventForm = AuthorizerEventForm.Connect,
            Sources = CompileSources(),
            Lifetime = TimeSpan.Zero,
            KeyPrefix = [],
            Handler = AuthorizerHandler.Find(authorizer, origin, handlers, errors),
            Function = authorizer.Handler is null ? new AuthorizerFunctionCompiler(api, authorizer, origin, stage, handlers, errors).Compile() : null,
            IsAws = (api.HeaderProfile ?? HeaderProfile.Plain) == HeaderProfile.Aws,
        };
    }

    private void WarnOfIgnored()
    {
        const string OfHttpApis = "is for HTTP APIs; with WebSocket APIs it has no effect: each handshake asks the authorizer, which gets one form of event.";
        foreach (var (member, isThere) in (ReadOnlySpan<(string, bool)>)
            [
                (nameof(authorizer.AuthorizerResultTtlInSeconds), authorizer.AuthorizerResultTtlInSeconds is not null),
                (nameof(authorizer.AuthorizerPayloadFormatVersion), authorizer.AuthorizerPayloadFormatVersion is not null),
                (nameof(authorizer.EnableSimpleResponses), authorizer.EnableSimpleResponses),
                (nameof(authorizer.IdentityValidationExpression), authorizer.IdentityValidationExpression is { Length: > 0 }),
            ])
        {
            if (isThere)
            {
                errors.Warn(origin.Child(member), $"'{member}' {OfHttpApis}");
            }
        }
    }

    private IdentitySource[] CompileSources()
    {
        var sources = new List<IdentitySource>();
        var written = authorizer.IdentitySources
            .Append(authorizer.IdentitySource ?? "")
            .SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        foreach (var text in written)
        {
            if (Parse(text.StartsWith('$') ? text[1..] : text) is { } source)
            {
                sources.Add(source);
            }
            else
            {
                errors.Add(
                    origin.Child("IdentitySource"),
                    "An identity source is 'route.request.header.{name}', 'route.request.querystring.{name}', 'stageVariables.{name}' or 'context.{name}', "
                    + $"but is '{text}'.");
            }
        }

        return [.. sources];
    }

    private IdentitySource? Parse(string text)
    {
        if (!ParameterExpression.TryParseRequest(text, ParameterExpression.RouteRequest, out var expression))
        {
            return null;
        }

        return expression.Kind switch
        {
            ParameterKind.Header => new IdentitySource(IdentityPlace.Header, expression.Name),
            ParameterKind.QueryString => new IdentitySource(IdentityPlace.QueryString, expression.Name),
            ParameterKind.Context => new IdentitySource(IdentityPlace.Context, expression.Name),
            ParameterKind.StageVariable =>
                new IdentitySource(IdentityPlace.Constant, stage.Variables.TryGetValue(expression.Name, out var value) ? value : ""),
            _ => null,
        };
    }
}
