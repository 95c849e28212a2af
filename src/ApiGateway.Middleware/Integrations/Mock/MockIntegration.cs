using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Mock;

/// <summary>Answers without a backend, with the status that the request template gives.</summary>
internal sealed class MockIntegration(GatewayResponseWriter responses) : IIntegration
{
    private const string DefaultContentType = "application/json";

    public Task InvokeAsync(GatewayContext context)
    {
        var plan = (MockIntegrationPlan)context.Route.Integration;
        if (StatusFor(plan, context.Http.Request.Headers.ContentType) is not { } status)
        {
            return responses.RejectAsync(context, GatewayRefusal.InternalServerError);
        }

        var response = context.Http.Response;
        response.StatusCode = status;
        response.Headers.ContentType = DefaultContentType;
        response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static int? StatusFor(MockIntegrationPlan plan, string? contentType)
    {
        var type = contentType is null ? DefaultContentType : contentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        foreach (ref readonly var template in plan.StatusCodes.AsSpan())
        {
            if (type.Equals(template.Key, StringComparison.OrdinalIgnoreCase))
            {
                return template.Value;
            }
        }

        return null;
    }
}
