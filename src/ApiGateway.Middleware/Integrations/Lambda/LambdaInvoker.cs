using System.Buffers;
using System.Collections.Frozen;
using System.IO.Pipelines;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Calls the functions of the application itself by name or ARN, and all others through the Invoke API.</summary>
/// <param name="functions">The application's functions, by name or by ARN without version and alias.</param>
/// <param name="remote">Calls the others.</param>
/// <param name="time">The clock of deadlines.</param>
/// <param name="logger">Takes what functions throw.</param>
internal sealed class LambdaInvoker(
    FrozenDictionary<string, LambdaFunction> functions, InvokeApiClient remote, TimeProvider time, ILogger<LambdaInvoker> logger) : ILambdaInvoker
{
    private const int MaxErrorMessage = 1024;

    private static readonly LambdaInvocationResult Unhandled = new() { StatusCode = 200, FunctionError = "Unhandled" };

    public bool CanInvoke(LambdaFunctionName function) => Find(function) is not null || remote.CanInvoke(function);

    public ValueTask<LambdaInvocationResult> InvokeAsync(
        LambdaInvocation invocation, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        if (Find(invocation.Function) is not { } function)
        {
            return remote.InvokeAsync(invocation, answer, cancellationToken);
        }

        return invocation.Type switch
        {
            LambdaInvocationType.Event => new(RunLater(function, invocation)),
            LambdaInvocationType.DryRun => new(new LambdaInvocationResult { StatusCode = 204 }),
            _ => RunAsync(function, invocation, answer, cancellationToken),
        };
    }

    public async ValueTask<LambdaInvocationResult> InvokeStreamingAsync(
        LambdaInvocation invocation, PipeWriter answer, CancellationToken cancellationToken)
    {
        if (Find(invocation.Function) is not { } function)
        {
            return await remote.InvokeStreamingAsync(invocation, answer, cancellationToken);
        }

        var result = await RunAsync(function, invocation, answer, cancellationToken);
        await answer.FlushAsync(cancellationToken);
        return result;
    }

    private LambdaFunction? Find(LambdaFunctionName name) =>
        functions.Count == 0 ? null
        : functions.TryGetValue(name.Name, out var function) || (name.Arn is { } arn && functions.TryGetValue(arn, out function)) ? function
        : null;

    private ValueTask<LambdaInvocationResult> RunAsync(
        LambdaFunction function, in LambdaInvocation invocation, IBufferWriter<byte> answer, CancellationToken cancellationToken)
    {
        ValueTask running;
        try
        {
            running = function(invocation.Payload, answer, new LambdaContext(invocation, time), cancellationToken);
        }
        catch (Exception exception)
        {
            running = ValueTask.FromException(exception);
        }

        if (!running.IsCompletedSuccessfully)
        {
            return AwaitAsync(running, invocation.Function.Name, invocation.RequestId, answer as PooledBufferWriter, cancellationToken);
        }

        // Gives back what a pooled task source holds.
        running.GetAwaiter().GetResult();
        return new(LambdaInvocationResult.Succeeded);
    }

    private async ValueTask<LambdaInvocationResult> AwaitAsync(
        ValueTask running, string name, string? requestId, PooledBufferWriter? answer, CancellationToken cancellationToken)
    {
        try
        {
            await running;
            return LambdaInvocationResult.Succeeded;
        }
        catch (Exception exception) when (
            exception is not BufferLimitException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // The word of authorizers for a caller they do not know: no fault, and anybody could fill the log with it.
            if (exception.Message != "Unauthorized")
            {
                Log.FunctionThrew(logger, exception, name, requestId);
            }

            Describe(exception, answer);
            return Unhandled;
        }
    }

    // As the managed runtimes do. A streamed answer is on its way already.
    private static void Describe(Exception exception, PooledBufferWriter? answer)
    {
        if (answer is not null)
        {
            answer.Truncate(0);
            answer.Write("{\"errorMessage\":"u8);
            JsonText.WriteString(answer, exception.Message.AsSpan(0, Math.Min(exception.Message.Length, MaxErrorMessage)));
            answer.Write(",\"errorType\":"u8);
            JsonText.WriteString(answer, exception.GetType().Name);
            answer.WriteByte((byte)'}');
        }
    }

    // The caller's bytes are only its own until it gets its answer.
    private LambdaInvocationResult RunLater(LambdaFunction function, in LambdaInvocation invocation)
    {
        var later = new LambdaInvocation(invocation.Function, invocation.Payload.ToArray())
        {
            Type = LambdaInvocationType.Event,
            RequestId = invocation.RequestId,
            TraceId = invocation.TraceId,
        };
        _ = Task.Run(async () =>
        {
            using var ignored = new PooledBufferWriter();
            await RunAsync(function, later, ignored, CancellationToken.None);
        });
        return new LambdaInvocationResult { StatusCode = 202 };
    }
}
