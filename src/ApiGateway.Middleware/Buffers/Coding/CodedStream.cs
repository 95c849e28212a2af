namespace ApiGateway.Middleware.Buffers.Coding;

/// <summary>A coded body, and bytes behind it, for a decoder to read.</summary>
internal sealed class CodedStream(ReadOnlyMemory<byte> body, ReadOnlyMemory<byte> behind = default) : Stream
{
    private ReadOnlyMemory<byte> _left = body;
    private ReadOnlyMemory<byte> _behind = behind;

    /// <summary>Gets whether the reader wanted more than there is.</summary>
    public bool IsExhausted { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (_left.IsEmpty)
        {
            (_left, _behind) = (_behind, default);
        }

        var count = Math.Min(buffer.Length, _left.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        IsExhausted |= count == 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
