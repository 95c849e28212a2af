using System.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Hands the whole request to a Lambda function as an event, and the function's answer to the client (<c>AWS_PROXY</c>).</summary>
internal sealed class LambdaIntegration(
    ILambdaInvoker invoker, LambdaCallPool calls, GatewayResponseWriter responses, GatewayMetrics metrics, TimeProvider time,
    ILogger<LambdaIntegration> logger) : IIntegration
{
    // What is longer is written piece by piece, so that a slow client holds the function's answer once, not twice.
    private const int WrittenAtOnce = 32 * 1024;

    public Task InvokeAsync(GatewayContext context)
    {
        var plan = (LambdaIntegrationPlan)context.Route.Integration;
        if (plan.Function is not { } function)
        {
            context.Trace?.ConfigurationError("Invalid function address");
            return responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
        }

        var holding = context.Body.HoldAsync(context, ManagedLimits.PayloadBytes);
        if (!holding.IsCompletedSuccessfully)
        {
            return HoldAsync(context, plan, function, holding);
        }

        return holding.Result ? CallAsync(context, plan, function) : responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
    }

    private async Task HoldAsync(GatewayContext context, LambdaIntegrationPlan plan, LambdaFunctionName function, ValueTask<bool> holding)
    {
        if (await holding)
        {
            await CallAsync(context, plan, function);
        }
        else
        {
            await responses.RejectAsync(context, GatewayRefusal.RequestTooLarge);
        }
    }

    private Task CallAsync(GatewayContext context, LambdaIntegrationPlan plan, LambdaFunctionName function)
    {
        var call = calls.Get();
        WriteEvent(context, plan, call);
        context.Trace?.FunctionRequest(context, function.ToString(), call.Event.WrittenSpan);
        var token = context.Timeout.Arm(plan.Timeout, time, context.Http.RequestAborted);
        var invocation = new LambdaInvocation(function, call.Event.WrittenMemory)
        {
            RequestId = context.RequestId,
            TraceId = context.TraceId,
            Deadline = time.GetUtcNow() + plan.Timeout,
        };
        if (plan.IsStreaming)
        {
            return StreamAsync(context, plan, call, invocation, token);
        }

        var startedAt = metrics.StartIntegration(context.Names);
        ValueTask<LambdaInvocationResult> pending;
        try
        {
            pending = invoker.InvokeAsync(invocation, call.Answer, token);
        }
        catch (Exception exception)
        {
            pending = ValueTask.FromException<LambdaInvocationResult>(exception);
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, plan, call, pending.AsTask(), startedAt, token);
        }

        context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
        var answering = AnswerAsync(context, plan, call, pending.Result);
        if (!answering.IsCompletedSuccessfully)
        {
            return ReturnAsync(answering, call);
        }

        calls.Return(call);
        return Task.CompletedTask;
    }

    private void WriteEvent(GatewayContext context, LambdaIntegrationPlan plan, LambdaCall call)
    {
        switch (plan.Format)
        {
            case LambdaFormat.Rest:
                RestEventWriter.Write(context, plan, call, time);
                break;
            case LambdaFormat.Http1:
                HttpFormat1EventWriter.Write(context, plan.Event!, call, time);
                break;
            case LambdaFormat.Message:
                MessageEventWriter.Write(context, plan.MessageEvent!, plan.IsAws, call, time);
                break;
            default:
                HttpEventWriter.Write(context, plan.HttpEvent!, call, time);
                break;
        }
    }

    private async Task ReturnAsync(Task answering, LambdaCall call)
    {
        await answering;
        calls.Return(call);
    }

    private async Task AwaitAsync(
        GatewayContext context, LambdaIntegrationPlan plan, LambdaCall call, Task<LambdaInvocationResult> pending, long startedAt,
        CancellationToken token)
    {
        LambdaInvocationResult result;
        try
        {
            // A function need not look at its token; the client is answered in time all the same.
            result = await pending.WaitAsync(token);
        }
        catch (Exception exception)
        {
            await FunctionFailure.FailAsync(responses, logger, context, exception);
            if (pending.IsCompleted)
            {
                calls.Return(call);
            }

            return;
        }

        context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
        await AnswerAsync(context, plan, call, result);
        calls.Return(call);
    }

    private Task AnswerAsync(GatewayContext context, LambdaIntegrationPlan plan, LambdaCall call, in LambdaInvocationResult result)
    {
        context.IntegrationStatus = result.StatusCode;
        context.Trace?.FunctionResponse(result.StatusCode, call.Answer.WrittenSpan);
        if (!result.IsSuccess)
        {
            return RefuseAsync(context, plan, result);
        }

        if (plan.MessageEvent is { } message)
        {
            return AnswerMessageAsync(context, message, call);
        }

        var answer = call.Result;
        if (!TryRead(plan, call))
        {
            return RefuseMalformedAsync(context);
        }

        context.FunctionStatus = answer.StatusCode;
        if (plan.Format != LambdaFormat.Rest)
        {
            ProxyAnswerWriter.WriteHttpHead(context, answer, logger);
            ResponseMapper.MapHead(context);
        }
        else if (ProxyAnswerWriter.Decodes(context, plan, answer) && !ProxyAnswerWriter.TryDecode(call))
        {
            return responses.RejectAsync(context, GatewayRefusal.ConfigurationError);
        }
        else
        {
            ProxyAnswerWriter.WriteHead(context, plan, answer, logger);
        }

        if (context.Answer is { } held)
        {
            held.Body.Write(answer.Body.Span);
            held.Status = answer.StatusCode;
            return Task.CompletedTask;
        }

        var response = context.Http.Response;
        if (!ProxyAnswerWriter.MayHaveBody(response.StatusCode))
        {
            return Task.CompletedTask;
        }

        response.ContentLength = answer.Body.Length;
        if (answer.Body.IsEmpty || context.Http.Request.Method == "HEAD")
        {
            return Task.CompletedTask;
        }

        if (answer.Body.Length > WrittenAtOnce)
        {
            return response.BodyWriter.WriteAsync(answer.Body, context.Http.RequestAborted).AsTask();
        }

        // The server sends headers and body together when the request ends.
        response.BodyWriter.Write(answer.Body.Span);
        return Task.CompletedTask;
    }

    // A route that does not answer takes whatever the function says.
    private Task AnswerMessageAsync(GatewayContext context, MessageEventPlan plan, LambdaCall call)
    {
        if (!plan.ReadsAnswer)
        {
            return Task.CompletedTask;
        }

        if (!MessageAnswerReader.TryRead(call) || (call.Result.IsBase64Encoded && !ProxyAnswerWriter.TryDecode(call)))
        {
            return RefuseMalformedAsync(context);
        }

        var response = context.Http.Response;
        response.StatusCode = context.FunctionStatus = call.Result.StatusCode;
        foreach (var header in call.Result.Headers)
        {
            response.Headers.Append(header.Name, header.Value);
        }

        response.BodyWriter.Write(call.Result.Body.Span);
        return Task.CompletedTask;
    }

    private Task RefuseMalformedAsync(GatewayContext context)
    {
        Log.FunctionAnswerMalformed(logger, context.Route.Key, context.RequestId);
        context.Trace?.ConfigurationError("Malformed Lambda proxy response");
        return responses.RejectAsync(context, GatewayRefusal.MalformedFunctionAnswer);
    }

    private static bool TryRead(LambdaIntegrationPlan plan, LambdaCall call) => plan.Format == LambdaFormat.Rest
        ? ProxyAnswerReader.TryRead(call) : HttpAnswerReader.TryRead(call, infers: plan.Format == LambdaFormat.Http2);

    private Task RefuseAsync(GatewayContext context, LambdaIntegrationPlan plan, in LambdaInvocationResult result)
    {
        var function = plan.Function!;
        if (result.FunctionError is { } error)
        {
            Log.FunctionErred(logger, function.ToString(), error, context.RequestId);
            context.Trace?.Failed($"Lambda execution failed with status {result.StatusCode} due to customer function error: {error}");
            return responses.RejectAsync(context, GatewayRefusal.MalformedFunctionAnswer);
        }

        return FunctionFailure.RefuseAsync(responses, logger, context, function, result);
    }

    private async Task StreamAsync(
        GatewayContext context, LambdaIntegrationPlan plan, LambdaCall call, LambdaInvocation invocation, CancellationToken token)
    {
        var stream = new StreamedAnswer(context, plan, call, time, logger);
        var startedAt = metrics.StartIntegration(context.Names);
        try
        {
            var result = await stream.RunAsync(invoker, invocation, token);
            context.IntegrationLatency = metrics.IntegrationAnswered(context.Names, startedAt);
            (context.IntegrationStatus, context.FunctionStatus) = (result.StatusCode, stream.HasHead ? call.Result.StatusCode : 0);
            if (!result.IsSuccess)
            {
                await RefuseAsync(context, plan, result);
            }
            else if (!stream.HasHead)
            {
                Log.FunctionAnswerMalformed(logger, context.Route.Key, context.RequestId);
                context.Trace?.ConfigurationError("Malformed Lambda proxy response");
                await responses.RejectAsync(context, GatewayRefusal.MalformedFunctionAnswer);
            }
        }
        catch (Exception exception)
        {
            await FunctionFailure.FailAsync(responses, logger, context, exception);
        }

        if (stream.HasEnded)
        {
            calls.Return(call);
        }
        else
        {
            // Nobody reads any more: let the function know.
            context.Timeout.Cancel();
        }
    }
}
