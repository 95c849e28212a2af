using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

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
            : responses.RejectAsync(context, RefusalOf(routes.Knows(context.ResourcePath, segments)));
    }

    private static GatewayRefusal RefusalOf(bool isKnown) => isKnown ? GatewayRefusal.NoRoute : GatewayRefusal.Forbidden;

    // As if there were no gateway: the application's own endpoints stay reachable beside an API at the root of every host.
    private async Task LeaveAsync(GatewayContext context)
    {
        var http = context.Http;
        IdHeaders.Remove(context);
        http.Features.Set<IGatewayFeature>(null);
        (context.IsInHostCode, context.HasLeft) = (true, true);
        await context.Next(http);
        if (!WasAnswered(http))
        {
            (context.IsInHostCode, context.HasLeft) = (false, false);
            http.Features.Set<IGatewayFeature>(context);
            IdHeaders.Add(context);
            var routes = context.Stage.Routes;
            var segments = context.CutSegments(routes.Depth, routes.KeepsTrailingSlash);
            await responses.RejectAsync(context, RefusalOf(routes.Knows(context.ResourcePath, segments)));
        }
    }

    // What ASP.NET Core leaves behind where nobody has taken a request: a status, and nothing else.
    private static bool WasAnswered(HttpContext http) =>
        http.Response.HasStarted || http.Response.StatusCode != StatusCodes.Status404NotFound || http.GetEndpoint() is not null
        || http.Response.ContentLength is not null || http.Response.ContentType is not null;
}
