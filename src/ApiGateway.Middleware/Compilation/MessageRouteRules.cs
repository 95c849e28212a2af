using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Checks the routes of a WebSocket API and their integrations, and finds what answers them.</summary>
/// <remarks>Source: "Routes for WebSocket APIs in API Gateway"; "AWS::ApiGatewayV2::Route" and "AWS::ApiGatewayV2::Integration".</remarks>
internal sealed class MessageRouteRules(WebSocketApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
{
    public const string Connect = "$connect";
    public const string Disconnect = "$disconnect";
    public const string Default = "$default";

    // Routes can share one, of which everything is told once.
    private readonly HashSet<IntegrationDefinition> _checked = [];

    /// <summary>Reads a route, or gives <see langword="null"/> and tells what is wrong with its key.</summary>
    public MessageRoute? Read(RouteDefinition route)
    {
        var key = route.RouteKey;
        var at = route.Origin ?? origin.Child("Routes").Child(key);
        if (key.Length == 0 || (key.StartsWith('$') && key is not (Connect or Disconnect or Default)))
        {
            errors.Add(at, $"A route's key is '{Connect}', '{Disconnect}', '{Default}', or a text that does not begin with '$', but is '{key}'.");
            return null;
        }

        CheckAccess(route, at);
        CheckResponses(route, at);
        CheckTarget(route, at);
        var integration = RouteTarget.Find(route, api.Integrations);
        if (integration is not null && _checked.Add(integration))
        {
            CheckMembers(integration, integration.Origin ?? at.Child("Integration"));
        }

        return new MessageRoute(
            route,
            new RouteSource
            {
                HttpMethod = RouteMethodName,
                ResourcePath = key,
                ResourceId = StableId.Of(key),
                Key = key,
                Variables = [],
                Origin = at,
                OperationName = route.OperationName,
                AuthorizationType = route.AuthorizationType,
                AuthorizerId = route.AuthorizerId,
                ArnResource = key,
                RateLimits = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal),
                Integration = integration,
            },
            route.RouteResponseSelectionExpression is not null && route.RouteResponses.Count > 0);
    }

    private static string RouteMethodName => Snapshots.RouteMethod.Names[Snapshots.RouteMethod.Post];

    private void CheckAccess(RouteDefinition route, DefinitionOrigin at)
    {
        var isConnect = route.RouteKey == Connect;
        if (!isConnect && route.AuthorizationType != AuthorizationType.None)
        {
            errors.Add(at.Child("AuthorizationType"), $"Callers are authorized when they connect. Move it to the route '{Connect}', or remove it.");
        }

        if (!isConnect && route.ApiKeyRequired)
        {
            errors.Warn(at.Child("ApiKeyRequired"), $"Keys are asked for when clients connect: it has no effect here. Move it to the route '{Connect}'.");
        }

        if (route.AuthorizationScopes.Count > 0)
        {
            errors.Add(at.Child("AuthorizationScopes"), "Scopes are for JWT authorizers, which WebSocket APIs do not have. Remove them.");
        }

        if (route.RateLimits.Count > 0)
        {
            errors.Add(at.Child("RateLimits"), "Limits by caller are for REST and HTTP APIs. Use 'RouteSettings' of the stage, or a usage plan.");
        }

        if (route.RequestParameters.FirstOrDefault(static parameter => parameter.Value) is { Key: { } name })
        {
            errors.Warn(at.Child("RequestParameters").Child(name), "Required parameters are documentation: requests without it are taken.");
        }
    }

    private void CheckResponses(RouteDefinition route, DefinitionOrigin at)
    {
        if (route.RouteResponseSelectionExpression is not (null or Default or "\\$default"))
        {
            errors.Add(at.Child("RouteResponseSelectionExpression"), $"must be '{Default}', but is '{route.RouteResponseSelectionExpression}'.");
        }

        foreach (var key in route.RouteResponses.Keys.Where(static key => key != Default))
        {
            errors.Add(at.Child("RouteResponses").Child(key), $"The key of a route response is '{Default}', but is '{key}'.");
        }

        if ((route.RouteResponseSelectionExpression is null) != (route.RouteResponses.Count == 0))
        {
            errors.Warn(
                at, $"The route answers its messages only with both 'RouteResponseSelectionExpression' and a route response '{Default}', but has one of them.");
        }
    }

    private void CheckTarget(RouteDefinition route, DefinitionOrigin at)
    {
        if (route is { Target: null, Integration: null } && route.RouteKey is not (Connect or Disconnect))
        {
            errors.Warn(at, "The route has neither 'Target' nor 'Integration'. Its messages are answered 'Internal server error'.");
        }

        RouteTarget.Check(route, api.Integrations, at, errors);
    }

    // Else somebody would rely on what nothing carries out.
    private void CheckMembers(IntegrationDefinition integration, DefinitionOrigin at)
    {
        var isProxy = integration.Type is IntegrationKind.HttpProxy or IntegrationKind.AwsProxy or IntegrationKind.InProcess;
        const string Whole = "WebSocket APIs pass messages as a whole";
        const string NoCache = "WebSocket APIs do not cache answers";
        const string NoTemplates = "Proxies and handlers get messages as they are";
        foreach (var (member, isThere, reason) in (ReadOnlySpan<(string, bool, string)>)
            [
                ("Streaming", integration.Streaming == true || integration.StreamsResponse, Whole),
                ("CacheNamespace", integration.CacheNamespace is not null, NoCache),
                ("CacheKeyParameters", integration.CacheKeyParameters.Count > 0, NoCache),
                ("IntegrationSubtype", integration.IntegrationSubtype is not null, "Subtypes are for HTTP APIs; use an integration of type AWS"),
                ("PayloadFormatVersion", integration.PayloadFormatVersion is not (null or "1.0"), "WebSocket APIs have one form of event, '1.0'"),
                ("ResponseParameters", integration.ResponseParameters.Count > 0, "Parameters of answers are mapped in 'IntegrationResponses'"),
                ("RequestTemplates", isProxy && integration.RequestTemplates.Count > 0, NoTemplates),
                ("TemplateSelectionExpression", isProxy && integration.TemplateSelectionExpression is not null, NoTemplates),
                ("IntegrationResponses", isProxy && integration.IntegrationResponses.Count > 0, "Answers of proxies and handlers pass as they are"),
            ])
        {
            if (isThere)
            {
                errors.Add(at.Child(member), $"{reason}. Remove '{member}'.");
            }
        }

        if (integration.Type is IntegrationKind.AwsProxy or IntegrationKind.InProcess && integration.RequestParameters.Count > 0)
        {
            errors.Warn(at.Child("RequestParameters"), "Functions and handlers get the whole event: the mappings have no effect.");
        }
    }
}
