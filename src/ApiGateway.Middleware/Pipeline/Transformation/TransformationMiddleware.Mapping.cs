using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Transformation;

/// <content>Where single parameters change.</content>
internal sealed partial class TransformationMiddleware
{
    private Task MapAsync(GatewayContext context, ParameterMappingPlan plan)
    {
        if (plan.ReadsRequestBody)
        {
            return HoldAsync(context, plan);
        }

        RequestMapper.Map(context, plan.Request);
        return GoOnAsync(context, plan);
    }

    private async Task HoldAsync(GatewayContext context, ParameterMappingPlan plan)
    {
        if (!await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        RequestMapper.Map(context, plan.Request);
        await GoOnAsync(context, plan);
    }

    private Task GoOnAsync(GatewayContext context, ParameterMappingPlan plan)
    {
        if (plan.ReadsResponseBody)
        {
            return MapAnswerAsync(context, plan);
        }

        if (plan.ChangesResponses)
        {
            // The integration carries it out between the head of its answer and the body, which flows as ever.
            context.HeadMapping = plan;
        }

        return next(context);
    }

    private async Task MapAnswerAsync(GatewayContext context, ParameterMappingPlan plan)
    {
        var answer = context.BeginAnswer();
        answer.IsBodyAlone = true;
        await next(context);

        // What the gateway answers itself is never mapped.
        if (answer.IsFilled)
        {
            var status = plan.ForResponse(answer.Status) is { } changes ? ResponseMapper.Map(context, answer.Status, answer.Body.WrittenMemory, changes) : answer.Status;
            await MethodResponseWriter.RespondAsync(context, status, answer.Body.WrittenMemory);
        }
    }
}
