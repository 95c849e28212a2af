using System.Buffers;
using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the customized answers of an API, and finds out which type takes which.</summary>
/// <remarks>Source: "Gateway responses for REST APIs in API Gateway", and recordings of the service.</remarks>
internal sealed class GatewayResponseCompiler(RestApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
{
    private const string HeaderPrefix = "gatewayresponse.header.";
    private const string DefaultContentType = "application/json";

    private static readonly SubstitutionTemplate DefaultTemplate = SubstitutionTemplate.Parse("{\"message\":$context.error.messageString}");

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    // They belong to the connection or frame the message, and are the server's.
    private static readonly FrozenSet<string> Framing = new[]
    {
        "Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Compiles; gives nothing if nothing is customized.</summary>
    /// <returns>The answer of each type by its number, <see langword="null"/> for that of the service.</returns>
    public GatewayResponsePlan?[]? Compile()
    {
        var own = new Dictionary<GatewayResponseType, GatewayResponsePlan>();
        foreach (var (type, response) in api.GatewayResponses)
        {
            var at = response.Origin ?? origin.Child("GatewayResponses").Child(type.ToName());
            if (type == GatewayResponseType.RequestTooLarge)
            {
                Refuse(at, "REQUEST_TOO_LARGE cannot be customized. Remove it.", "It has no effect.");
            }
            else
            {
                own[type] = Compile(type, response, at);
            }
        }

        if (own.Count == 0)
        {
            return null;
        }

        // A type takes its own answer alone, or else that of its class: what one has is never mixed with what the other has.
        var plans = new GatewayResponsePlan?[Enum.GetValues<GatewayResponseType>().Length];
        foreach (var type in Enum.GetValues<GatewayResponseType>())
        {
            plans[(int)type] = type == GatewayResponseType.RequestTooLarge ? null
                : own.GetValueOrDefault(type) ?? own.GetValueOrDefault(IsServerError(type) ? GatewayResponseType.Default5xx : GatewayResponseType.Default4xx);
        }

        return plans;
    }

    private static bool IsServerError(GatewayResponseType type) => type
        is GatewayResponseType.Default5xx
        or GatewayResponseType.ApiConfigurationError
        or GatewayResponseType.AuthorizerConfigurationError
        or GatewayResponseType.AuthorizerFailure
        or GatewayResponseType.IntegrationFailure
        or GatewayResponseType.IntegrationTimeout;

    private GatewayResponsePlan Compile(GatewayResponseType type, GatewayResponseDefinition response, DefinitionOrigin at)
    {
        var status = response.StatusCode;
        if (status is < 200 or > 599)
        {
            Refuse(at.Child("StatusCode"), $"must be from 200 to 599, but is {status}.", "The type's own status is used.");
            status = null;
        }

        if (status is null && type == GatewayResponseType.IntegrationFailure)
        {
            // Its status in the table of the guide, which acts only once the type is customized: observed.
            status = 504;
        }

        return new GatewayResponsePlan
        {
            StatusCode = status,
            Headers = CompileHeaders(response, at.Child("ResponseParameters")),
            Bodies = CompileBodies(response, at.Child("ResponseTemplates")),
        };
    }

    private GatewayResponseHeader[] CompileHeaders(GatewayResponseDefinition response, DefinitionOrigin at)
    {
        var headers = new List<GatewayResponseHeader>();
        foreach (var (key, value) in response.ResponseParameters)
        {
            var name = key.StartsWith(HeaderPrefix, StringComparison.Ordinal) ? key[HeaderPrefix.Length..] : "";
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
            {
                Refuse(at.Child(key), $"The key must be '{HeaderPrefix}Name' with the name of a header, but is '{key}'.", "It is left out.");
            }
            else if (Framing.Contains(name))
            {
                Refuse(at.Child(key), $"'{name}' belongs to the server. Remove it.", "It is left out.");
            }
            else if (!ParameterExpression.TryParseRequest(value, out var expression) || !IsAllowed(expression.Kind))
            {
                Refuse(
                    at.Child(key),
                    "must be a text in single quotes, method.request.{header|querystring|path}.name, context.name or stageVariables.name, "
                    + $"but is '{value}'.",
                    "It is left out.");
            }
            else
            {
                headers.Add(new GatewayResponseHeader(name, expression));
            }
        }

        return [.. headers];
    }

    private static bool IsAllowed(ParameterKind kind) => kind
        is ParameterKind.Static or ParameterKind.Header or ParameterKind.QueryString or ParameterKind.PathParameter
        or ParameterKind.Context or ParameterKind.StageVariable;

    private GatewayResponseBody[] CompileBodies(GatewayResponseDefinition response, DefinitionOrigin at)
    {
        var bodies = new List<GatewayResponseBody>();
        foreach (var (type, template) in response.ResponseTemplates)
        {
            if (IsMediaType(type))
            {
                bodies.Add(new GatewayResponseBody(type, SubstitutionTemplate.Parse(template)));
            }
            else
            {
                Refuse(at.Child(type), $"The key must be a content type such as 'application/json', but is '{type}'.", "It is left out.");
            }
        }

        return bodies.Count > 0 ? [.. bodies] : [new GatewayResponseBody(DefaultContentType, DefaultTemplate)];
    }

    // It becomes a header's value, with parameters if it has any.
    private static bool IsMediaType(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < text.Length - 1 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // What Amazon API Gateway accepts at import never stops the host.
    private void Refuse(DefinitionOrigin at, string message, string consequence)
    {
        if (api.Profile == DefinitionProfile.Exact)
        {
            errors.Warn(at, $"{message} {consequence}");
        }
        else
        {
            errors.Add(at, message);
        }
    }
}
