using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Languages.Values;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Mock;

/// <summary>Answers without a backend, with the status that the request template gives.</summary>
internal sealed class MockIntegration(GatewayResponseWriter responses, ILogger<MockIntegration> logger) : IIntegration
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Answer is { } held)
        {
            return FillAsync(context, held);
        }

        var plan = (MockIntegrationPlan)context.Route.Integration;
        return plan.Find(context.Http.Request.Headers.ContentType) is { } answer
            ? MethodResponseWriter.RespondAsync(context, answer)
            : responses.RejectAsync(context, GatewayRefusal.InternalServerError);
    }

    // The body before mapping is empty: neither the request nor what the template made of it comes back, as recorded.
    private Task FillAsync(GatewayContext context, IntegrationAnswer answer)
    {
        var text = context.Outgoing is { HasBody: true } outgoing ? outgoing.Body : context.Body.Bytes;
        if (!LenientJson.TryGetInteger(text.Span, "statusCode"u8, out var status) || status == 0)
        {
            Log.MockStatusMissing(logger, context.Route.Key, context.RequestId);
            context.Trace?.ConfigurationError(
                "Unable to parse statusCode. It should be an integer that is defined in the request template.");
            return responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
        }

        answer.Status = status;
        return Task.CompletedTask;
    }
}
