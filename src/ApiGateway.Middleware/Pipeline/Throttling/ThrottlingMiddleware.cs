using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Too fast, or too often in this period?</summary>
internal sealed class ThrottlingMiddleware(
    GatewayDelegate next, GatewayResponseWriter responses, ThrottleGate gate, RateLimiter limiter, ILogger<ThrottlingMiddleware> logger,
    bool isEarly = false)
{
    // Refusals are many when they matter. Goes with the plans of a definition.
    private readonly ConditionalWeakTable<RateLimitPlan, GatewayRefusal> _refusals = [];

    public Task InvokeAsync(GatewayContext context)
    {
        if ((isEarly ? context.Route.EarlyThrottling : context.Route.Throttling) is not { } plan)
        {
            return next(context);
        }

        ThrottleGate.Begin(context.Throttle, context.Route, plan, context.ApiKeyGrant, context.ReceivedAt);
        if (plan.RateLimits is { } limits && limiter.Begin(context, limits) is { } exceeded)
        {
            return RejectAsync(context, limits, exceeded);
        }

        var outcome = gate.AskAsync(context.Throttle, plan);
        return outcome.IsCompletedSuccessfully ? GoOnAsync(context, plan, outcome.Result) : AwaitAsync(context, plan, outcome);
    }

    private async Task AwaitAsync(GatewayContext context, ThrottlingPlan plan, ValueTask<ThrottleOutcome> outcome) =>
        await GoOnAsync(context, plan, await outcome);

    private Task GoOnAsync(GatewayContext context, ThrottlingPlan plan, ThrottleOutcome outcome)
    {
        if (plan.RateLimits is not { } limits)
        {
            return outcome == ThrottleOutcome.Allowed ? next(context) : RejectAsync(context, outcome);
        }

        if (outcome == ThrottleOutcome.Allowed)
        {
            limiter.Enter(context, limits);
            return next(context);
        }

        return limiter.Leave(context, limits, outcome) is { } exceeded ? RejectAsync(context, limits, exceeded) : RejectAsync(context, outcome);
    }

    private Task RejectAsync(GatewayContext context, RateLimitPlans limits, RateLimitPlan exceeded)
    {
        if (context.Trace is not null || logger.IsEnabled(LogLevel.Debug))
        {
            Tell(context, RefusalText.Of(context, exceeded));
        }

        RateLimiter.AddHeaders(context, limits, exceeded);
        return responses.RejectAsync(context, _refusals.GetValue(exceeded, static exceeded => GatewayRefusal.RateLimited(exceeded.Name)));
    }

    private Task RejectAsync(GatewayContext context, ThrottleOutcome outcome)
    {
        if (context.Trace is not null || logger.IsEnabled(LogLevel.Debug))
        {
            Tell(context, RefusalText.Of(context, outcome));
        }

        return responses.RejectAsync(context, outcome switch
        {
            ThrottleOutcome.QuotaExceeded => GatewayRefusal.QuotaExceeded,
            ThrottleOutcome.Unavailable => GatewayRefusal.ThrottlingUnavailable,
            _ => GatewayRefusal.Throttled,
        });
    }

    private void Tell(GatewayContext context, string reason)
    {
        context.Trace?.Failed(reason);
        Log.Throttled(logger, reason, context.RequestId);
    }
}
