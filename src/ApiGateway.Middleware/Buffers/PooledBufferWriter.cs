using System.Buffers;
using System.Text;

namespace ApiGateway.Middleware.Buffers;

/// <summary>Collects bytes, mostly UTF-8 text, in an array of the shared pool. Not thread-safe.</summary>
/// <param name="limit">The largest length in bytes. Going beyond it throws <see cref="BufferLimitException"/>.</param>
internal sealed class PooledBufferWriter(int limit = int.MaxValue) : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 1024;

    private byte[] _buffer = [];
    private int _length;

    /// <summary>Gets the number of bytes written.</summary>
    public int Length => _length;

    /// <summary>Gets or sets the largest length in bytes.</summary>
    public int Limit { get; set; } = limit;

    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, _length);

    /// <summary>Gets what was written. Valid until the next write, <see cref="Truncate"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, _length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _length);

        if (count > Limit - _length)
        {
            throw new BufferLimitException();
        }

        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _buffer.AsSpan(_length);
    }

    public void WriteByte(byte value)
    {
        Reserve(1);
        if (_length >= Limit)
        {
            throw new BufferLimitException();
        }

        _buffer[_length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_length));
        Advance(bytes.Length);
    }

    /// <summary>Writes text as UTF-8. A surrogate without its other half becomes U+FFFD.</summary>
    public void WriteText(ReadOnlySpan<char> text)
    {
        // The exact size is counted only when the cheap upper bound does not fit.
        if (text.Length > (_buffer.Length - _length) / 3)
        {
            Reserve(Encoding.UTF8.GetByteCount(text));
        }

        Advance(Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length)));
    }

    /// <summary>Takes back everything after the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, _length);
        _length = length;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Reserve(int count)
    {
        if (count > _buffer.Length - _length)
        {
            Grow(count);
        }
    }

    private void Grow(int count)
    {
        var needed = (long)_length + count;
        if (needed > Limit && count > 1)
        {
            throw new BufferLimitException();
        }

        var size = Math.Min(Math.Max(needed, Math.Max(FirstSize, _buffer.Length * 2L)), Array.MaxLength);
        if (size < needed)
        {
            throw new BufferLimitException();
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)size);
        _buffer.AsSpan(0, _length).CopyTo(larger);

        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
