using System.Buffers;
using System.IO.Pipelines;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// An answer handed on piece by piece: JSON with status and headers, eight NUL bytes, then the body as it is. Source: "Stream the
/// integration response for your proxy integrations" in the Amazon API Gateway developer guide.
/// </summary>
internal sealed class StreamedAnswer(GatewayContext context, LambdaIntegrationPlan plan, LambdaCall call, TimeProvider time, ILogger logger)
{
    /// <summary>The longest head, in bytes; more than all headers that a server takes.</summary>
    private const int MaxHead = 64 * 1024;

    private static readonly byte[] Delimiter = new byte[8];
    private static readonly TimeSpan TotalLimit = TimeSpan.FromMinutes(15);

    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private Task<LambdaInvocationResult>? _production;
    private DateTimeOffset _end;

    /// <summary>Gets whether status and headers have been found.</summary>
    public bool HasHead { get; private set; }

    /// <summary>Gets whether the function has ended, so that its buffers are free.</summary>
    public bool HasEnded => _production is null or { IsCompleted: true };

    public async Task<LambdaInvocationResult> RunAsync(ILambdaInvoker invoker, LambdaInvocation invocation, CancellationToken token)
    {
        _end = time.GetUtcNow() + TotalLimit;
        _production = ProduceAsync(invoker, invocation, token);
        var reader = _pipe.Reader;
        try
        {
            HasHead = await ReadHeadAsync(reader, token);
            if (HasHead)
            {
                await CopyAsync(reader, token);
            }
        }
        finally
        {
            // A function that goes on writing is told at its next flush.
            await reader.CompleteAsync();
        }

        return await _production.WaitAsync(token);
    }

    private async Task<LambdaInvocationResult> ProduceAsync(ILambdaInvoker invoker, LambdaInvocation invocation, CancellationToken token)
    {
        Exception? failure = null;
        try
        {
            return await invoker.InvokeStreamingAsync(invocation, _pipe.Writer, token);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            await _pipe.Writer.CompleteAsync(failure);
        }
    }

    private async Task<bool> ReadHeadAsync(PipeReader reader, CancellationToken token)
    {
        while (true)
        {
            var read = await reader.ReadAsync(token);
            var search = new SequenceReader<byte>(read.Buffer);
            if (search.TryReadTo(out ReadOnlySequence<byte> head, Delimiter) && head.Length <= MaxHead)
            {
                // Held in the buffer of the answer, which a streamed answer does not use.
                foreach (var piece in head)
                {
                    call.Answer.Write(piece.Span);
                }

                var isGood = ProxyAnswerReader.TryReadHead(call.Answer.WrittenMemory, call);
                reader.AdvanceTo(search.Position);
                if (isGood)
                {
                    ProxyAnswerWriter.WriteHead(context, plan, call.Result, logger);
                    await context.Http.Response.StartAsync(token);
                }

                return isGood;
            }

            if (read.IsCompleted || read.Buffer.Length > MaxHead)
            {
                reader.AdvanceTo(read.Buffer.End);
                return false;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private async Task CopyAsync(PipeReader reader, CancellationToken token)
    {
        var mayHaveBody = ProxyAnswerWriter.MayHaveBody(call.Result.StatusCode) && context.Http.Request.Method != "HEAD";
        var target = context.Http.Response.BodyWriter;
        while (true)
        {
            var left = _end - time.GetUtcNow();
            context.Timeout.Extend(left < ResponseBodyCopy.IdleLimit ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : ResponseBodyCopy.IdleLimit);
            var read = await reader.ReadAsync(token);
            foreach (var piece in mayHaveBody ? read.Buffer : default)
            {
                target.Write(piece.Span);
            }

            reader.AdvanceTo(read.Buffer.End);
            if (mayHaveBody)
            {
                await target.FlushAsync(token);
            }

            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}
