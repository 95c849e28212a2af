using System.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Responses;

/// <summary>Writes the gateway's own answers, and counts and logs them, so that no step can forget to.</summary>
internal sealed class GatewayResponseWriter(GatewayMetrics metrics, ILogger<GatewayResponseWriter> logger)
{
    /// <summary>Answers the request with <paramref name="refusal"/>; if an answer has begun already, breaks it off.</summary>
    public Task RejectAsync(GatewayContext context, GatewayRefusal refusal)
    {
        metrics.Rejected(context.Names, refusal.Type);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            var reason = refusal.Type.ToName();
            Log.Rejected(
                logger, refusal.StatusCode, reason, context.Api.Name, context.Stage?.Name, context.MatchedRoute?.Key, context.RequestId);
        }

        var response = context.Http.Response;
        if (response.HasStarted)
        {
            // Too late for another status. An abort is the only way to tell the client that the body is not whole.
            context.Http.Abort();
            return Task.CompletedTask;
        }

        response.StatusCode = refusal.StatusCode;
        response.Headers.ContentType = "application/json";
        response.Headers[HeaderNames.ErrorType] = refusal.ErrorType;
        response.ContentLength = refusal.DefaultBody.Length;
        response.BodyWriter.Write(refusal.DefaultBody);

        // The server sends headers and body together when the request ends.
        return Task.CompletedTask;
    }
}
