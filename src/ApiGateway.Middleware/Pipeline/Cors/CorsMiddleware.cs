using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Cors;

/// <summary>May scripts of this origin call? Answers preflights, and puts the headers that browsers need on all other answers.</summary>
/// <remarks>They are set before the backend is asked: an application in the same process may still replace them.</remarks>
internal sealed class CorsMiddleware(GatewayDelegate next)
{
    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Api.Cors is not { } plan)
        {
            return next(context);
        }

        if (context.Route.Preflight is { } preflight)
        {
            return GatewayResponseWriter.AnswerPreflightAsync(context, plan, preflight);
        }

        // A resource with an OPTIONS or ANY method of its own answers preflights itself, without a word from here.
        if (!CorsRequest.IsPreflight(context))
        {
            CorsHeaders.Add(context.Http, plan);
        }

        return next(context);
    }
}
