using System.IO.Pipelines;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>The pipe of an answer that is recorded.</summary>
internal sealed class RecordingWriter(ResponseRecorder recorder) : PipeWriter
{
    // What the server's pipe has handed out, so that what was written there can be read.
    private Memory<byte> _open;

    public override bool CanGetUnflushedBytes => recorder.Target?.CanGetUnflushedBytes ?? true;

    public override long UnflushedBytes => recorder.Target?.UnflushedBytes ?? recorder.Held.Length;

    public override Memory<byte> GetMemory(int sizeHint = 0) =>
        _open = recorder.Target is { } target ? target.GetMemory(sizeHint) : recorder.Held.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (recorder.Target is { } target)
        {
            recorder.Record(_open.Span[..bytes]);
            target.Advance(bytes);
        }
        else
        {
            recorder.Held.Advance(bytes);
        }

        _open = _open[bytes..];
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        _open = default;
        return recorder.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => recorder.Target?.CancelPendingFlush();

    // The end of the pipe without an error is not that of the response.
    public override void Complete(Exception? exception = null)
    {
        if (exception is not null)
        {
            recorder.Break();
            recorder.Target?.Complete(exception);
        }
    }
}
