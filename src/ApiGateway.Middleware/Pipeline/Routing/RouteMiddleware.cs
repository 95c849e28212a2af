using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Routing;

/// <summary>Which method of which resource is asked?</summary>
internal sealed class RouteMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    private const string MethodOverride = "X-HTTP-Method-Override";

    public Task InvokeAsync(GatewayContext context)
    {
        var request = context.Http.Request;
        var method = request.Method;
        if (context.Api.HonorMethodOverride && request.Headers[MethodOverride] is [{ Length: > 0 } replacement])
        {
            method = replacement;
        }

        var routes = context.Stage.Routes;
        var segments = context.CutSegments(routes.Depth, routes.KeepsTrailingSlash);
        context.Method = RouteMethod.Of(method);
        var sought = context.Api.Cors is not null && CorsRequest.IsPreflight(context) ? RouteMethod.Preflight : context.Method;
        context.MatchedRoute = routes.Match(context.ResourcePath, segments, context.ResourcePath.Contains('%'), sought);

        return context.MatchedRoute is not null ? next(context)
            : context.Selection.IsShared ? LeaveAsync(context)
            : responses.RejectAsync(context, GatewayRefusal.NoRoute);
    }

    // As if there were no gateway: the application's own endpoints stay reachable beside an API at the root of every host.
    private static Task LeaveAsync(GatewayContext context)
    {
        var headers = context.Http.Response.Headers;
        var names = context.Api.IdHeaders;
        headers.Remove(names.RequestId);
        if (names.ExtendedRequestId is { } extended)
        {
            headers.Remove(extended);
        }

        context.Http.Features.Set<IGatewayFeature>(null);
        context.IsInHostCode = true;
        return context.Next(context.Http);
    }
}
