using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>The part of limits by caller in a request: keys and costs before the store is asked, headers and charges after.</summary>
internal sealed class RateLimiter(IThrottleStore store, GatewayMetrics metrics, int maxKeys = KeyedBuckets.DefaultMaxKeys) : IRequestEnd
{
    // Requests under way do not outlive the process, so the process counts them. They regain nothing with time.
    private const double NoTime = 0;

    private readonly LimitKeyReader _keys = new(isShared: store is not MemoryThrottleStore);
    private readonly KeyedBuckets _inFlight = new(maxKeys);

    /// <summary>Puts the limits into what the store is asked, and counts the request as one that is under way.</summary>
    /// <returns>The limit that refuses it, or <see langword="null"/>. If it does, the request counts nowhere.</returns>
    public RateLimitPlan? Begin(GatewayContext context, RateLimitPlans plans)
    {
        var limits = plans.Limits;
        var request = context.Throttle;
        var uses = context.BeginRateLimits(limits.Length);
        for (var i = 0; i < limits.Length; i++)
        {
            var limit = limits[i];
            ref var use = ref uses[i];
            use.Key = _keys.HashOf(context, limit.Key);
            if (limit.CountsInFlight)
            {
                use.IsHeld = _inFlight.TryTake(limit.Limit, use.Key, 1, NoTime, out use.Remaining) == KeyedResult.Taken;
                if (!use.IsHeld && !limit.IsDryRun)
                {
                    Release(limits, uses);
                    use.Remaining = 0;
                    metrics.RateLimitExceeded(context.Names, limit);
                    return limit;
                }
            }
            else
            {
                use.Level = request.Levels.Length;
                var cost = limit.CostPlace == LimitCost.RequestHeader
                    ? Math.Max(1, LimitCostReader.Of(context.Http.Request.Headers[limit.CostHeader!])) : limit.Cost;
                request.Add(limit.Limit, use.Key, cost, limit.IsDryRun);
            }
        }

        return null;
    }

    /// <summary>The request is let in: tells the client what is left, and remembers what is to be done at the end.</summary>
    public void Enter(GatewayContext context, RateLimitPlans plans)
    {
        var uses = context.RateLimits;
        for (var i = 0; i < uses.Length; i++)
        {
            var limit = plans.Limits[i];
            if (limit.IsDryRun && (uses[i].Level == RateLimitUse.NotAsked ? !uses[i].IsHeld : context.Throttle.Levels[uses[i].Level].IsExceeded))
            {
                metrics.RateLimitExceeded(context.Names, limit);
            }
        }

        if (plans.Policy is not null)
        {
            RateLimitHeaders.Add(context, plans);
        }

        if (plans.HasEnd)
        {
            context.AtEnd = this;
        }
    }

    /// <summary>The request is refused: it no longer counts as one that is under way.</summary>
    /// <returns>The limit by caller that refuses it, or <see langword="null"/> if it is another one.</returns>
    public RateLimitPlan? Leave(GatewayContext context, RateLimitPlans plans, ThrottleOutcome outcome)
    {
        var uses = context.RateLimits;
        Release(plans.Limits, uses);
        if (outcome != ThrottleOutcome.RateLimited)
        {
            return null;
        }

        for (var i = 0; i < uses.Length; i++)
        {
            if (uses[i].Level != RateLimitUse.NotAsked && !plans.Limits[i].IsDryRun && context.Throttle.Levels[uses[i].Level].IsExceeded)
            {
                metrics.RateLimitExceeded(context.Names, plans.Limits[i]);
                return plans.Limits[i];
            }
        }

        return null;
    }

    /// <summary>Tells a refused client how long to wait, and what is left of the limits that were asked.</summary>
    public static void AddHeaders(GatewayContext context, RateLimitPlans plans, RateLimitPlan exceeded)
    {
        var wait = exceeded.CountsInFlight ? TimeSpan.FromSeconds(1) : TimeSpan.MaxValue;
        foreach (ref readonly var level in context.Throttle.Levels)
        {
            wait = ReferenceEquals(level.Limit, exceeded.Limit) ? level.RetryAfter : wait;
        }

        RateLimitHeaders.AddRetryAfter(context, wait);
        if (plans.Policy is not null)
        {
            RateLimitHeaders.Add(context, plans);
        }
    }

    public void Ended(GatewayContext context)
    {
        if (context.MatchedRoute?.Throttling?.RateLimits is not { } plans)
        {
            return;
        }

        var uses = context.RateLimits;
        Release(plans.Limits, uses);
        var isCharged = false;
        for (var i = 0; i < uses.Length; i++)
        {
            var limit = plans.Limits[i];
            if (limit.CostPlace == LimitCost.ResponseHeader && !context.Throttle.Levels[uses[i].Level].IsExceeded
                && CostOf(context.Http, limit.CostHeader!) is not 1 and var cost)
            {
                context.Charges.Add(limit.Limit, uses[i].Key, cost - 1);
                isCharged = true;
            }
        }

        if (isCharged)
        {
            Charge(context);
        }
    }

    private void Charge(GatewayContext context)
    {
        var charges = context.Charges;
        charges.ApiId = context.Api.Id;
        charges.ReceivedAt = context.ReceivedAt;
        var charge = store.ChargeAsync(charges);
        if (charge.IsCompletedSuccessfully)
        {
            charges.Reset();
        }
        else
        {
            // The client has its answer; nobody waits for the store.
            context.LeaveCharges();
            _ = AwaitAsync(charge);
        }
    }

    private static async Task AwaitAsync(ValueTask charge) => await charge;

    private static int CostOf(HttpContext http, string header)
    {
        var values = http.Response.Headers[header];
        return LimitCostReader.Of(
            values.Count == 0 && http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { } trailers ? trailers[header] : values);
    }

    private void Release(RateLimitPlan[] limits, Span<RateLimitUse> uses)
    {
        for (var i = 0; i < uses.Length; i++)
        {
            if (uses[i].IsHeld)
            {
                uses[i].IsHeld = false;
                _inFlight.GiveBack(limits[i].Limit, uses[i].Key, 1, NoTime);
            }
        }
    }
}
