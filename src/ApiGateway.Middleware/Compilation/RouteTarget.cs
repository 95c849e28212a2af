using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Finds what answers a route of an HTTP or WebSocket API: an integration of its own, or one that routes share.</summary>
internal static class RouteTarget
{
    private const string Prefix = "integrations/";

    /// <summary>Finds the integration, or gives <see langword="null"/> if there is none.</summary>
    public static IntegrationDefinition? Find(RouteDefinition route, IDictionary<string, IntegrationDefinition> shared) =>
        route.Integration ?? (IdOf(route) is { } id && shared.TryGetValue(id, out var integration) ? integration : null);

    /// <summary>Tells what is wrong with a target.</summary>
    public static void Check(
        RouteDefinition route, IDictionary<string, IntegrationDefinition> shared, DefinitionOrigin at, DefinitionErrors errors)
    {
        if (route.Target is null)
        {
            return;
        }

        if (route.Integration is not null)
        {
            errors.Add(at.Child("Target"), "A route has a 'Target' or an 'Integration' of its own, not both. Remove one.");
        }
        else if (IdOf(route) is not { } id || !shared.ContainsKey(id))
        {
            var known = shared.Count == 0 ? "none" : string.Join(", ", shared.Keys.Select(static key => Prefix + key));
            errors.Add(at.Child("Target"), $"must be '{Prefix}{{id}}' with an id of 'Integrations', but is '{route.Target}'. Known: {known}.");
        }
    }

    private static string? IdOf(RouteDefinition route) =>
        route.Target?.StartsWith(Prefix, StringComparison.Ordinal) == true ? route.Target[Prefix.Length..] : null;
}
