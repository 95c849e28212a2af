using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Tells which requests of a cached method pass the cache by: they neither get an answer from it nor leave one.</summary>
internal static class CacheBypass
{
    public static bool Applies(GatewayContext context, CachePlan plan)
    {
        var http = context.Http;
        return (plan.IsSafe && (context.HasRequestBody || (!plan.Key.HasCaller && HasCredentials(http, plan))))
            || LeavesHttp(http);
    }

    // A backend that knows callers by these answers each of them differently, and the gateway cannot tell (RFC 9111 3.5).
    private static bool HasCredentials(HttpContext http, CachePlan plan)
    {
        var headers = http.Request.Headers;
        return (headers.Authorization.Count > 0 && !plan.Key.HasHeader("Authorization"))
            || (headers.Cookie.Count > 0 && !plan.Key.HasHeader("Cookie"));
    }

    // What follows an upgrade is no HTTP body.
    private static bool LeavesHttp(HttpContext http) =>
        http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        || http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true };
}
