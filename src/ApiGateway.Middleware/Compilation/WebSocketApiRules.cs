using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Tells what WebSocket APIs and their stages cannot have, and where one is larger than the managed service would have it.</summary>
/// <remarks>Source: "Quotas for configuring and running a WebSocket API in API Gateway".</remarks>
internal static class WebSocketApiRules
{
    /// <summary>The one type of authorizers.</summary>
    private const string AuthorizerType = "REQUEST";

    public static void Check(WebSocketApiDefinition api, DefinitionOrigin origin, DefinitionErrors errors)
    {
        if (api.RateLimits.Count > 0)
        {
            errors.Add(origin.Child("RateLimits"), "Limits by caller are for REST and HTTP APIs. Use 'RouteSettings' of the stages, or usage plans.");
        }

        foreach (var (name, authorizer) in api.Authorizers)
        {
            if (authorizer.Type != AuthorizerType)
            {
                errors.Add(
                    (authorizer.Origin ?? origin.Child("Authorizers").Child(name)).Child("Type"),
                    $"Authorizers of WebSocket APIs are of type {AuthorizerType}, but '{name}' is of type {authorizer.Type}. Its 'Handler' can be code that checks tokens.");
            }
        }

        Warn("Routes", api.Routes.Count, 300);
        Warn("Integrations", api.Integrations.Count, 300);
        Warn("Stages", api.Stages.Count, 10);
        Warn("Authorizers", api.Authorizers.Count, 10);

        void Warn(string member, int count, int most)
        {
            if (count > most)
            {
                errors.Warn(origin.Child(member), $"API '{api.Name}' has {count}; Amazon API Gateway takes at most {most}.");
            }
        }
    }

    public static void Check(StageDefinition stage, DefinitionOrigin origin, DefinitionErrors errors)
    {
        foreach (var (member, isThere, reason) in (ReadOnlySpan<(string, bool, string)>)
            [
                (nameof(stage.MethodSettings), stage.MethodSettings.Count > 0, "Stages of WebSocket APIs have 'RouteSettings'"),
                (nameof(stage.RateLimits), stage.RateLimits.Count > 0, "Limits by caller are for REST and HTTP APIs"),
                (nameof(stage.CacheClusterEnabled), stage.CacheClusterEnabled, "WebSocket APIs do not cache answers"),
                (nameof(stage.CacheClusterSize), stage.CacheClusterSize is not null, "WebSocket APIs do not cache answers"),
                (nameof(stage.Cache), stage.Cache is not null, "WebSocket APIs do not cache answers"),
            ])
        {
            if (isThere)
            {
                errors.Add(origin.Child(member), $"{reason}. Remove '{member}'.");
            }
        }
    }
}
