using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.InProcess;

/// <summary>Lets a handler of the application take an event of a WebSocket connection.</summary>
/// <remarks>An exception is answered as that of a function: there is no request whose handling the host could take over.</remarks>
internal sealed class MessageHandlerIntegration(
    GatewayResponseWriter responses, GatewayMetrics metrics, ILogger<MessageHandlerIntegration> logger) : IIntegration
{
    public Task InvokeAsync(GatewayContext context)
    {
        var plan = (MessageHandlerPlan)context.Route.Integration;
        var startedAt = metrics.StartIntegration(context.Names);
        ValueTask pending;
        try
        {
            pending = plan.Handler(context.Message!);
        }
        catch (Exception exception)
        {
            return FailAsync(context, exception, startedAt);
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, pending, startedAt);
        }

        pending.GetAwaiter().GetResult();
        context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
        return Task.CompletedTask;
    }

    private async Task AwaitAsync(GatewayContext context, ValueTask pending, long startedAt)
    {
        try
        {
            await pending;
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
        }
        catch (Exception exception)
        {
            await FailAsync(context, exception, startedAt);
        }
    }

    private Task FailAsync(GatewayContext context, Exception exception, long startedAt)
    {
        context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
        if (exception is OperationCanceledException && context.Timeout.IsTimeUp)
        {
            Log.BackendTooSlow(logger, context.Route.Key, context.Route.Integration.Timeout.TotalMilliseconds, context.RequestId);
            return responses.RejectAsync(context, GatewayRefusal.IntegrationTimeout);
        }

        Log.HandlerThrew(logger, exception, context.Route.Key, context.RequestId);
        return responses.RejectAsync(context, GatewayRefusal.MalformedFunctionAnswer);
    }
}
