using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Too fast, or too often in this period?</summary>
internal sealed class ThrottlingMiddleware(
    GatewayDelegate next, GatewayResponseWriter responses, ThrottleGate gate, ILogger<ThrottlingMiddleware> logger,
    bool isEarly = false)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.Throttling is not { } plan || plan.IsEarly != isEarly)
        {
            return next(context);
        }

        var outcome = gate.TryEnterAsync(context.Throttle, context.Route, context.ApiKeyGrant, context.ReceivedAt);
        return outcome.IsCompletedSuccessfully ? GoOnAsync(context, outcome.Result) : AwaitAsync(context, outcome);
    }

    private async Task AwaitAsync(GatewayContext context, ValueTask<ThrottleOutcome> outcome) => await GoOnAsync(context, await outcome);

    private Task GoOnAsync(GatewayContext context, ThrottleOutcome outcome) =>
        outcome == ThrottleOutcome.Allowed ? next(context) : RejectAsync(context, outcome);

    private Task RejectAsync(GatewayContext context, ThrottleOutcome outcome)
    {
        if (context.Trace is not null || logger.IsEnabled(LogLevel.Debug))
        {
            var reason = RefusalText.Of(context, outcome);
            context.Trace?.Failed(reason);
            Log.Throttled(logger, reason, context.RequestId);
        }

        return responses.RejectAsync(context, outcome switch
        {
            ThrottleOutcome.QuotaExceeded => GatewayRefusal.QuotaExceeded,
            ThrottleOutcome.Unavailable => GatewayRefusal.ThrottlingUnavailable,
            _ => GatewayRefusal.Throttled,
        });
    }
}
