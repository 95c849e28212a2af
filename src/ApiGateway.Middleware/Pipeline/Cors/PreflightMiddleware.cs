using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Pipeline.Cors;

/// <summary>Answers preflights in place of a route's integration, once its authorizer has let them in.</summary>
internal sealed class PreflightMiddleware(GatewayDelegate next)
{
    public Task InvokeAsync(GatewayContext context) =>
        context.Api.Cors is { Preflight: { } preflight } plan && CorsRequest.IsPreflight(context)
            ? GatewayResponseWriter.AnswerPreflightAsync(context, plan, preflight)
            : next(context);
}
