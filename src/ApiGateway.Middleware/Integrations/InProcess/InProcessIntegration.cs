using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.InProcess;

/// <summary>Lets the application answer: a named handler, or the rest of its pipeline.</summary>
/// <remarks>
/// While it runs, mount and stage have moved from <c>Path</c> to <c>PathBase</c>, and <c>RequestAborted</c> also tells that time is up.
/// Afterwards all is as before. Time is up for code that looks at the token; other code is not interrupted.
/// </remarks>
internal sealed class InProcessIntegration(
    GatewayResponseWriter responses, GatewayMetrics metrics, TimeProvider time, ILogger<InProcessIntegration> logger) : IIntegration
{
    private readonly PathBases _pathBases = new();
    private int _hasWarned;

    public Task InvokeAsync(GatewayContext context)
    {
        var plan = (InProcessIntegrationPlan)context.Route.Integration;
        var http = context.Http;
        if (plan.Handler is null && http.GetEndpoint() is not null)
        {
            ReleaseEndpoint(context);
        }

        var request = http.Request;
        var outer = (request.PathBase, request.Path);
        var startedAt = metrics.StartIntegration(context.Names);

        // The way in is the same for both, so it is taken once; the way out is Leave.
        request.Path = PathOf(context, outer.Path);
        request.PathBase = _pathBases.Of(context, outer.PathBase);
        if (context.Outgoing is { } outgoing)
        {
            context.Replaced.Apply(request, outgoing);
        }

        if (context.Api.Cors is { NeedsOrigin: true } cors)
        {
            CorsHeaders.ReplaceOnStart(http, cors);
        }

        context.Lifetime.Enter(http, plan.Timeout, time);
        context.IsInHostCode = true;

        Task task;
        try
        {
            task = (plan.Handler ?? context.Next)(http);
        }
        catch (Exception exception)
        {
            task = Task.FromException(exception);
        }

        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, task, outer, startedAt);
        }

        Leave(context, outer, startedAt);
        context.IsInHostCode = false;
        return Task.CompletedTask;
    }

    private async Task AwaitAsync(GatewayContext context, Task task, (PathString PathBase, PathString Path) outer, long startedAt)
    {
        try
        {
            await task;
            context.IsInHostCode = false;
        }
        catch (OperationCanceledException) when (context.Timeout.IsTimeUp)
        {
            context.IsInHostCode = false;
            Log.BackendTooSlow(
                logger, context.Route.Key, context.Route.Integration.Timeout.TotalMilliseconds, context.RequestId);
            await responses.RejectAsync(context, GatewayRefusal.IntegrationTimeout);
        }
        finally
        {
            Leave(context, outer, startedAt);
        }
    }

    private void Leave(GatewayContext context, (PathString PathBase, PathString Path) outer, long startedAt)
    {
        var http = context.Http;
        context.Lifetime.Leave(http);
        http.Request.Path = outer.Path;
        http.Request.PathBase = outer.PathBase;
        if (context.Outgoing is not null)
        {
            context.Replaced.Restore(http.Request);
        }

        context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
        context.IntegrationStatus = http.Response.StatusCode;
    }

    /// <summary>Gets the path below mount and stage, decoded as the server decoded it.</summary>
    private static PathString PathOf(GatewayContext context, PathString outer)
    {
        var target = context.Target;
        var rest = target.Raw.AsSpan(context.Selection.ResourceStart, target.PathEnd - context.Selection.ResourceStart);
        if (rest.IsEmpty)
        {
            return new PathString("/");
        }

        // A resource without variables has its path ready; any other costs this one string.
        var resource = context.Route.ResourcePath;
        return rest.SequenceEqual(resource)
            ? new PathString(resource)
            : new PathString(outer.Value![(context.Selection.ResourceStart - target.PathStart)..]);
    }

    private void ReleaseEndpoint(GatewayContext context)
    {
        // With the path, the endpoint changes. Where routing runs again behind the gateway, it only needs to see that there is none.
        if (context.RoutesAgain)
        {
            context.Http.SetEndpoint(null);
            context.Http.Request.RouteValues.Clear();
        }
        else if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
        {
            Log.EndpointMatchedTooEarly(logger, context.Route.Key);
        }
    }
}
