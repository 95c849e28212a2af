using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <summary>What browsers ask before they let a script call another origin. Source: Fetch standard, "CORS-preflight request".</summary>
internal static class CorsRequest
{
    /// <summary>Tells whether the request is a preflight. The route step has found the method by then.</summary>
    public static bool IsPreflight(GatewayContext context) =>
        context.Method == RouteMethod.Options
        && context.Http.Request.Headers is { Origin.Count: > 0, AccessControlRequestMethod.Count: > 0 };
}
