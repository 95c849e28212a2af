using System.Runtime.CompilerServices;

namespace ApiGateway.Middleware.Buffers.Frames;

/// <summary>A connection of which is known what .NET's sockets do not tell: how long frames are, and whether the client's close frame had a status.</summary>
/// <remarks>Also sends the close frame that .NET writes with the status 1005 without any: no endpoint may send that one (RFC 6455 7.4.1).
/// .NET writes a close frame in one piece, and no other frame of a server begins like it.</remarks>
/// <param name="inner">The connection.</param>
internal sealed class FrameStream(Stream inner) : Stream
{
    private static readonly byte[] EmptyClose = [0x88, 0x00];

    private FrameReader _frames;

    /// <summary>Gets whether the client has closed the connection without saying how.</summary>
    public bool HasEmptyClose => _frames.HasEmptyClose;

    /// <summary>Gets the length of the longest frame that the client has begun to send, in bytes.</summary>
    public ulong LongestFrame => _frames.Longest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private static ReadOnlySpan<byte> WithoutStatus => [0x88, 0x02, 0x03, 0xED];

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        if (buffer.IsEmpty)
        {
            // Waits for data, and takes none.
            return reading;
        }

        if (!reading.IsCompletedSuccessfully)
        {
            return AwaitAsync(reading, buffer);
        }

        var count = reading.Result;
        _frames.Observe(buffer.Span[..count]);
        return new(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer.Length == WithoutStatus.Length && buffer.Span.SequenceEqual(WithoutStatus) ? EmptyClose : buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> AwaitAsync(ValueTask<int> reading, Memory<byte> buffer)
    {
        var count = await reading;
        _frames.Observe(buffer.Span[..count]);
        return count;
    }
}
