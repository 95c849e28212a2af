using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Aws;

/// <summary>Hands a function what the request template makes, and its result, good or bad, to the integration responses.</summary>
internal sealed class AwsFunctionIntegration(
    ILambdaInvoker invoker, LambdaCallPool calls, GatewayResponseWriter responses, GatewayMetrics metrics, TimeProvider time,
    ILogger<AwsFunctionIntegration> logger)
{
    private const string InvocationType = "X-Amz-Invocation-Type";

    public async Task InvokeAsync(GatewayContext context, AwsFunctionPlan plan)
    {
        if (plan.Function is not { } function)
        {
            context.Trace?.ConfigurationError("Invalid function address");
            await responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
            return;
        }

        if (!TryGetType(context, out var type))
        {
            Log.InvocationTypeUnknown(logger, context.Route.Key, context.RequestId);
            context.Trace?.ConfigurationError("Unknown invocation type");
            await responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
            return;
        }

        if (!await context.Body.HoldAsync(context, ManagedLimits.PayloadBytes))
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
            return;
        }

        if (plan.IsAws)
        {
            context.TraceId ??= TraceId.For(context.Http.Request.Headers[HeaderNames.TraceId], time);
        }

        await CallAsync(context, plan, function, type);
    }

    private async Task CallAsync(GatewayContext context, AwsFunctionPlan plan, LambdaFunctionName function, LambdaInvocationType type)
    {
        // A copy: a function that does not look at its token may read on when the request's memory is in other use.
        var call = calls.Get();
        var payload = context.Outgoing is { HasBody: true } outgoing ? outgoing.Body : context.Body.Bytes;
        call.Event.Write(payload.IsEmpty ? "{}"u8 : payload.Span);
        context.Trace?.FunctionRequest(context, function.ToString(), call.Event.WrittenSpan);
        var token = context.Timeout.Arm(plan.Timeout, time, context.Http.RequestAborted);
        var invocation = new LambdaInvocation(function, call.Event.WrittenMemory)
        {
            Type = type,
            RequestId = context.RequestId,
            TraceId = context.TraceId,
            Deadline = time.GetUtcNow() + plan.Timeout,
        };
        var startedAt = metrics.StartIntegration(context.Names);
        Task<LambdaInvocationResult>? pending = null;
        try
        {
            pending = invoker.InvokeAsync(invocation, call.Answer, token).AsTask();
            var result = await pending.WaitAsync(token);
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
            context.IntegrationStatus = result.StatusCode;
            await AnswerAsync(context, function, call, result);
        }
        catch (Exception exception)
        {
            await FunctionFailure.FailAsync(responses, logger, context, exception);
        }

        if (pending?.IsCompleted != false)
        {
            calls.Return(call);
        }
    }

    private Task AnswerAsync(GatewayContext context, LambdaFunctionName function, LambdaCall call, in LambdaInvocationResult result)
    {
        context.Trace?.FunctionResponse(result.StatusCode, call.Answer.WrittenSpan);
        if (!result.IsSuccess && result.FunctionError is null)
        {
            return FunctionFailure.RefuseAsync(responses, logger, context, function, result);
        }

        if (result.FunctionError is { } error)
        {
            Log.FunctionErred(logger, function.ToString(), error, context.RequestId);

            // Where the definition says nothing of responses, it does not say either that clients may read what went wrong.
            if (context.Route.Transformation?.Response is { IsImplied: true })
            {
                return responses.RejectAsync(context, GatewayRefusal.MalformedFunctionAnswer);
            }
        }

        var answer = context.Answer!;
        answer.Body.Write(call.Answer.WrittenSpan);
        answer.Headers.Set("Content-Type", "application/json");
        if (result.FunctionError is not null)
        {
            answer.Headers.Set("X-Amz-Function-Error", result.FunctionError);
        }

        answer.Selection = FunctionErrorMessage.Of(call.Answer.WrittenSpan);
        answer.Status = result.StatusCode;
        return Task.CompletedTask;
    }

    // By a mapping or a template. The Lambda API refuses what it does not know.
    private static bool TryGetType(GatewayContext context, out LambdaInvocationType type)
    {
        type = LambdaInvocationType.RequestResponse;
        if (context.Outgoing is not { } outgoing || !outgoing.Headers.TryGet(InvocationType, out var values))
        {
            return true;
        }

        switch (values.ToString())
        {
            case "RequestResponse":
                return true;
            case "Event":
                type = LambdaInvocationType.Event;
                return true;
            case "DryRun":
                type = LambdaInvocationType.DryRun;
                return true;
            default:
                return false;
        }
    }
}
