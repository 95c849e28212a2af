using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>The answers to calls of functions that came to nothing, the same with and without mappings.</summary>
internal static class FunctionFailure
{
    /// <summary>Answers where the function was not run.</summary>
    public static Task RefuseAsync(
        GatewayResponseWriter responses, ILogger logger, GatewayContext context, LambdaFunctionName function, in LambdaInvocationResult result)
    {
        Log.FunctionRefused(logger, function.ToString(), result.StatusCode, result.ErrorType, context.RequestId);
        return responses.RejectAsync(context, result.StatusCode switch
        {
            413 => GatewayRefusal.RequestTooLarge,
            429 or >= 500 => GatewayRefusal.FunctionUnavailable,
            _ => GatewayRefusal.ConfigurationError,
        });
    }

    /// <summary>Answers where the call threw: nobody waits, time is up, the answer is too long, or there was no way to the function.</summary>
    public static Task FailAsync(GatewayResponseWriter responses, ILogger logger, GatewayContext context, Exception exception)
    {
        if (context.Http.RequestAborted.IsCancellationRequested)
        {
            return Task.CompletedTask;
        }

        if (context.Timeout.IsTimeUp)
        {
            Log.BackendTooSlow(logger, context.Route.Key, context.Route.Integration.Timeout.TotalMilliseconds, context.RequestId);
            context.Trace?.Failed("Execution failed due to a timeout error");
            return responses.RejectAsync(context, GatewayRefusal.IntegrationTimeout);
        }

        if (exception is BufferLimitException)
        {
            return responses.RejectAsync(context, GatewayRefusal.ResponseTooLarge);
        }

        Log.BackendUnreachable(logger, exception, context.Route.Key, context.RequestId);
        return responses.RejectAsync(context, GatewayRefusal.FunctionUnavailable);
    }
}
