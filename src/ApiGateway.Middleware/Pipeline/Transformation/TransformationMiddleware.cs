using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <summary>Reshapes the request on its way to the integration, and the answer on its way back.</summary>
internal sealed partial class TransformationMiddleware(
    GatewayDelegate next, GatewayResponseWriter responses, ILogger<TransformationMiddleware> logger)
{
    private readonly RequestTransformer _requests = new(logger);
    private readonly ResponseTransformer _answers = new(logger);

    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.Mapping is { } mapping)
        {
            return MapAsync(context, mapping);
        }

        var plan = context.Route.Transformation;
        return plan is null || IsReady(context) ? next(context) : TransformAsync(context, plan);
    }

    // A MOCK's answer that depends on nothing was worked out when the plan was made.
    private static bool IsReady(GatewayContext context) =>
        context.Route.Integration is MockIntegrationPlan mock && mock.Find(context.Http.Request.Headers.ContentType) is not null;

    private async Task TransformAsync(GatewayContext context, TransformationPlan plan)
    {
        // Before anything is read: a type that no template takes is refused even if the body is empty.
        if (!RequestTransformer.TrySelectTemplate(context, plan.Request, out var template))
        {
            await responses.RejectAsync(context, GatewayRefusal.UnsupportedMediaType);
            return;
        }

        if (TakesBody(plan.Request, template) && !await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        var values = new TransformationValues(context, plan);
        if ((ConvertRequest(context, plan.Request, template) ?? _requests.Transform(values, plan.Request, template)
                ?? DecodeRendered(context, plan.Request)) is { } refusal)
        {
            await responses.RejectAsync(context, refusal);
            return;
        }

        if (plan.Response is null)
        {
            await next(context);
            return;
        }

        var answer = context.BeginAnswer();
        await next(context);
        if (answer.IsFilled)
        {
            await AnswerAsync(values, plan.Response, answer);
        }
    }

    private Task AnswerAsync(TransformationValues values, ResponseTransformationPlan plan, IntegrationAnswer answer)
    {
        var context = values.Context;
        if (_answers.Select(context, plan, answer, out var response) is { } unselected)
        {
            return responses.RejectAsync(context, unselected);
        }

        var result = answer.Result;
        return (_answers.Map(values, plan, response, answer) ?? ConvertAnswer(values, plan, response, answer)
                ?? _answers.Render(values, plan, response, answer) ?? DecodeRendered(context, plan, response, result)) is { } refusal
            ? responses.RejectAsync(context, refusal)
            : MethodResponseWriter.RespondAsync(context, result.Status, result.Headers, result.HasBody ? result.Body : answer.Body.WrittenMemory);
    }

    private static bool TakesBody(RequestTransformationPlan request, MappingTemplate? template) =>
        template is not null || request.AlwaysTakesBody || request.MapsBody || request.ConvertsBody;
}
