namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>The body of an answer that is recorded, for code that writes to a stream.</summary>
internal sealed class RecordingStream(ResponseRecorder recorder, Stream server) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
        if (recorder.Target is not null)
        {
            server.Flush();
        }
    }

    public override async Task FlushAsync(CancellationToken cancellationToken) => await recorder.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // Whether that is allowed is for the server to say.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (recorder.Target is not null)
        {
            server.Write(buffer);
            recorder.Record(buffer);
        }
        else
        {
            recorder.Held.Write(buffer);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (recorder.Target is not null)
        {
            await recorder.BeginAsync();
            recorder.Record(buffer.Span);
            await server.WriteAsync(buffer, cancellationToken);
        }
        else
        {
            recorder.Held.Write(buffer.Span);
            await recorder.FlushAsync(cancellationToken);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
