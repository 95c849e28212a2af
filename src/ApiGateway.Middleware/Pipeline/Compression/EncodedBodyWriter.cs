using System.IO.Pipelines;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>An <see cref="EncodedBody"/> as the pipe that a response has.</summary>
internal sealed class EncodedBodyWriter(EncodedBody body) : PipeWriter
{
    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes =>
        body.Plain?.Writer is { } plain ? (plain.CanGetUnflushedBytes ? plain.UnflushedBytes : 0) : body.Held.Length;

    public override void Advance(int bytes)
    {
        if (body.Plain is { } plain)
        {
            plain.Writer.Advance(bytes);
        }
        else
        {
            body.Held.Advance(bytes);
        }
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        body.Plain is { } plain ? plain.Writer.GetMemory(sizeHint) : body.Held.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) =>
        body.Plain is { } plain ? plain.Writer.GetSpan(sizeHint) : body.Held.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => body.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => body.Plain?.Writer.CancelPendingFlush();

    // The end of the pipe without an error is not that of the response: the step passes on what is held.
    public override void Complete(Exception? exception = null)
    {
        if (exception is not null)
        {
            body.Inner.Writer.Complete(exception);
        }
    }
}
