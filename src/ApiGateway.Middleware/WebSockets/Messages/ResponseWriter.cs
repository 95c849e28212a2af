using System.IO.Pipelines;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.WebSockets.Messages;

/// <summary>Takes the answer to a message as if it were the body of a response.</summary>
/// <param name="target">Holds it.</param>
internal sealed class ResponseWriter(PooledBufferWriter target) : PipeWriter
{
    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => target.Length;

    public override void Advance(int bytes) => target.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => target.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => target.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }
}
