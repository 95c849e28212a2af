using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Responses.AccessLogs;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline;

/// <summary>The entry: takes the requests that an API claims, and alone awaits the whole chain.</summary>
internal sealed class GatewayMiddleware(
    RequestDelegate next, InProcessNext inProcess, GatewayDelegate chain, string mount, SnapshotSource source,
    GatewayContextPool pool, GatewayResponseWriter responses, AccessLogWriter accessLogs, GatewayMetrics metrics, GatewayActivitySource activities,
    ILogger<GatewayMiddleware> logger)
{
    public Task InvokeAsync(HttpContext http)
    {
        var snapshot = source.Current;
        var target = RequestTarget.Of(http);
        if (!ApiSelector.TrySelect(snapshot.Directory, http.Request.Host.Value, target, mount, out var match))
        {
            return next(http);
        }

        var context = pool.Rent();
        context.Begin(http, inProcess.Next, inProcess.RoutesAgain, snapshot, target, match);
        context.StartedAt = metrics.StartRequest(match.Stage);
        context.Activity = activities.Start();
        http.Features.Set<IGatewayFeature>(context);
        IdHeaders.Add(context);
        if (match.Stage?.AccessLog is { } log)
        {
            AccessLogWriter.Begin(context, log);
        }

        Task task;
        try
        {
            task = chain(context);
        }
        catch (Exception exception)
        {
            task = Task.FromException(exception);
        }

        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, task);
        }

        End(context);
        return Task.CompletedTask;
    }

    private async Task AwaitAsync(GatewayContext context, Task task)
    {
        var isReusable = true;
        var hasThrown = false;
        try
        {
            await task;
        }
        catch (OperationCanceledException) when (context.Http.RequestAborted.IsCancellationRequested)
        {
            // The client has left: there is nobody to answer.
        }
        catch (IOException exception) when (
            !context.IsInHostCode && exception is not BadHttpRequestException
            && (exception is ConnectionResetException || context.Http.RequestAborted.IsCancellationRequested))
        {
            // The same, in the middle of its body. An abort, so that the server does not wait for the rest of it.
            context.Http.Abort();
        }
        catch (BadHttpRequestException exception) when (
            !context.IsInHostCode && exception.StatusCode == StatusCodes.Status413PayloadTooLarge && !context.Http.Response.HasStarted)
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
        }
        catch (Exception exception) when (!context.IsInHostCode && exception is not BadHttpRequestException)
        {
            isReusable = false;
            Log.RequestFailed(
                logger, exception, context.Api.Name, context.Stage?.Name, context.MatchedRoute?.Key, context.RequestId);
            await responses.RejectAsync(context, GatewayRefusal.InternalServerError);
        }
        catch
        {
            // What failed in the host's own code, or in the server's reading of the request, is theirs to answer.
            isReusable = false;
            hasThrown = true;
            throw;
        }
        finally
        {
            End(context, isReusable, hasThrown);
        }
    }

    private void End(GatewayContext context, bool isReusable = true, bool hasThrown = false)
    {
        var http = context.Http;
        if (context.Stage?.AccessLog is { } log && context.IsLogged)
        {
            accessLogs.End(context, log, hasThrown && !http.Response.HasStarted ? StatusCodes.Status500InternalServerError : http.Response.StatusCode);
        }

        var names = context.Names;
        context.AtEnd?.Ended(context);
        context.RestoreUser();
        if (!context.IsEnded)
        {
            metrics.Ended(names, http.Response.StatusCode, context.StartedAt);
        }

        // Where an endpoint of the application answered, the server tells its route; two would make the metric useless.
        if (names.Route is { } route && http.Features.Get<IHttpMetricsTagsFeature>() is { } tags
            && http.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>() is null)
        {
            tags.Tags.Add(new KeyValuePair<string, object?>("http.route", route.ResourcePath));
        }

        if (context.Activity is { } activity)
        {
            GatewayActivitySource.Describe(activity, names, http.Response.StatusCode);
            activity.Dispose();
        }

        // Whoever asks later must not see another request's state.
        http.Features.Set<IGatewayFeature>(null);
        if (isReusable)
        {
            pool.Return(context);
        }
    }
}
