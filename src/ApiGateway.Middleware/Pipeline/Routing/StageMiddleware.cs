using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Routing;

/// <summary>Lets in what a stage answers; refuses what an API claims without having such a stage.</summary>
internal sealed class StageMiddleware(GatewayDelegate next, GatewayResponseWriter responses)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Selection.Stage is not { } stage)
        {
            return responses.RejectAsync(context, GatewayRefusal.Forbidden);
        }

        context.Stage = stage;
        return next(context);
    }
}
