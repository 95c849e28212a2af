using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <content>What happens where there is no fresh answer.</content>
internal sealed partial class CachingMiddleware
{
    private async Task MissAsync(GatewayContext context, CachePlan plan, string key, CachedResponse? stale)
    {
        if (stale is not null && cache.Now < stale.FreshUntil + plan.Policy.StaleWhileRevalidate)
        {
            await RefreshAsync(context, plan, key, stale);
            return;
        }

        metrics.CacheMissed(context.Names);
        if (stale is not null && cache.Now >= stale.FreshUntil + plan.Policy.StaleIfError)
        {
            stale = null;
        }

        if (plan.Policy.SingleFlight)
        {
            await FlyAsync(context, plan, key, stale);
            return;
        }

        Diagnose(context, plan, "miss");
        await FetchAsync(context, plan, key, flight: null, stale);
    }

    // One request asks; the others wait, no longer than they would have waited for an answer to a call of their own.
    private async Task FlyAsync(GatewayContext context, CachePlan plan, string key, CachedResponse? stale)
    {
        var deadline = time.GetTimestamp();
        while (true)
        {
            var flight = cache.Flights.Join(plan.Partition.Name, key, out var isNew);
            if (isNew)
            {
                Diagnose(context, plan, "miss");
                await LeadAsync(context, plan, key, flight, stale);
                return;
            }

            FlightResult result;
            var left = context.Route.Integration.Timeout - time.GetElapsedTime(deadline);
            try
            {
                result = await flight.Result.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, context.Http.RequestAborted);
            }
            catch (TimeoutException)
            {
                await (stale is null ? responses.RejectAsync(context, GatewayRefusal.IntegrationTimeout) : GiveStale(context, plan, stale, null));
                return;
            }

            if (result.Response is { } response)
            {
                await Give(context, plan, response, "miss");
                return;
            }

            if (result.IsForOneAlone)
            {
                Diagnose(context, plan, "miss");
                await FetchAsync(context, plan, key, flight: null, stale);
                return;
            }

            if (stale is not null)
            {
                await GiveStale(context, plan, stale, null);
                return;
            }
        }
    }

    private async Task LeadAsync(GatewayContext context, CachePlan plan, string key, CacheFlight flight, CachedResponse? stale)
    {
        try
        {
            // The answer may have come between the look-up and the start of this flight.
            if (await cache.FindAsync(context, plan, key) is { } found && cache.Now < found.FreshUntil)
            {
                flight.Land(found);
                await Give(context, plan, found, "hit");
                return;
            }

            await FetchAsync(context, plan, key, flight, stale);
        }
        finally
        {
            cache.Flights.End(plan.Partition.Name, key, flight);
            flight.Fail();
        }
    }

    private async Task FetchAsync(GatewayContext context, CachePlan plan, string key, CacheFlight? flight, CachedResponse? stale)
    {
        var generation = cache.Generation;
        var hidden = new HiddenHeaders();
        CachedResponse? response = null;
        Exception? failure = null;
        var isError = false;
        using (var recorder = new ResponseRecorder(
            context, plan, stale is null ? RecordingMode.Pass : RecordingMode.Hold, time, flight is null ? null : () => GiveUp(context, flight)))
        {
            hidden.Hide(context, plan);
            try
            {
                await next(context);
                await recorder.FinishAsync();
                response = recorder.Build();
                isError = recorder.IsError;
            }
            catch (Exception exception) when (
                stale is not null && !context.Http.Response.HasStarted && !context.Http.RequestAborted.IsCancellationRequested)
            {
                failure = exception;
                isError = true;
                context.IsInHostCode = false;
            }
            finally
            {
                hidden.Restore(context);
            }
        }

        if (response is not null)
        {
            flight?.Land(response);
            await cache.KeepAsync(context, plan, key, response, generation);
        }
        else if (isError && stale is not null && !context.Http.Response.HasStarted)
        {
            context.Error = null;
            await GiveStale(context, plan, stale, failure);
        }
    }

    // The answer is not to be kept. If it is one at all, those that wait need not wait for its end.
    private static void GiveUp(GatewayContext context, CacheFlight flight)
    {
        if (context.Error is null && !context.Http.RequestAborted.IsCancellationRequested)
        {
            flight.LandAlone();
        }
    }

    private Task GiveStale(GatewayContext context, CachePlan plan, CachedResponse stale, Exception? failure)
    {
        Log.StaleAnswerServed(logger, failure, context.Route.Key, context.RequestId);
        return Give(context, plan, stale, "stale");
    }

    // The client has the older answer, as a whole, before the integration is asked. One request does that; the others go.
    private async Task RefreshAsync(GatewayContext context, CachePlan plan, string key, CachedResponse stale)
    {
        await Hit(context, plan, stale, "stale");
        var flight = cache.Flights.Join(plan.Partition.Name, key, out var isNew);
        if (!isNew)
        {
            return;
        }

        var features = context.Http.Features;
        var lifetime = features.Get<IHttpRequestLifetimeFeature>();
        try
        {
            await features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
            features.Set<IHttpRequestLifetimeFeature>(new DetachedLifetime());
            await RefreshBehindAsync(context, plan, key, flight);
        }
        finally
        {
            features.Set(lifetime);
            cache.Flights.End(plan.Partition.Name, key, flight);
            flight.Fail();
        }
    }

    private async Task RefreshBehindAsync(GatewayContext context, CachePlan plan, string key, CacheFlight flight)
    {
        var generation = cache.Generation;
        var hidden = new HiddenHeaders();
        Exception? failure = null;
        CachedResponse? response = null;
        using (var recorder = new ResponseRecorder(context, plan, RecordingMode.Discard, time, null))
        {
            hidden.Hide(context, plan);
            try
            {
                await next(context);
                await recorder.FinishAsync();

                // An error does not take the place of an answer.
                response = recorder.IsError ? null : recorder.Build();
            }
            catch (Exception exception)
            {
                failure = exception;
                context.IsInHostCode = false;
            }
            finally
            {
                hidden.Restore(context);
            }
        }

        context.Error = null;
        if (response is null)
        {
            Log.CacheRefreshFailed(logger, failure, context.Route.Key, context.RequestId);
            return;
        }

        flight.Land(response);
        await cache.KeepAsync(context, plan, key, response, generation);
    }
}
