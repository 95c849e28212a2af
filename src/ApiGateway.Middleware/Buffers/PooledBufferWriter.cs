using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace ApiGateway.Middleware.Buffers;

/// <summary>Collects bytes, mostly UTF-8 text, in an array of the shared pool. Not thread-safe.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 1024;

    private byte[] _buffer = [];
    private int _length;
    private int _limit;

    // The end of the array, or the limit if it comes first: the one border that a short write has to look at.
    private int _end;

    public PooledBufferWriter(int limit = int.MaxValue) => Limit = limit;

    /// <summary>Gets the number of bytes written.</summary>
    public int Length => _length;

    /// <summary>Gets or sets the largest length in bytes. Going beyond it throws <see cref="BufferLimitException"/>.</summary>
    public int Limit
    {
        get => _limit;
        set
        {
            _limit = value;
            _end = Math.Min(value, _buffer.Length);
        }
    }

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
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    public void WriteByte(byte value)
    {
        if (_length >= _end)
        {
            Grow(1);
        }

        _buffer[_length++] = value;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _end - _length)
        {
            Grow(bytes.Length);
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Writes text as UTF-8. A surrogate without its other half becomes U+FFFD.</summary>
    public void WriteText(ReadOnlySpan<char> text)
    {
        // The exact size is counted only when the cheap upper bound does not fit.
        if (text.Length > (_end - _length) / 3)
        {
            var count = Encoding.UTF8.GetByteCount(text);
            if (count > _end - _length)
            {
                Grow(count);
            }
        }

        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
    }

    /// <summary>Makes the content <paramref name="length"/> bytes long and hands it out for changes in place.</summary>
    /// <returns>The content, valid until the next write: what was there before, then bytes of any value.</returns>
    public Span<byte> Resize(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length > _end)
        {
            Grow(length - _length);
        }

        _length = length;
        return _buffer.AsSpan(0, length);
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
        _end = 0;

        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A hint may ask for more than the limit leaves; only what is written counts.
    private void Reserve(int sizeHint)
    {
        var count = Math.Max(sizeHint, 1);
        if (count > _buffer.Length - _length)
        {
            Enlarge(count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        if (count > _limit - _length)
        {
            throw new BufferLimitException();
        }

        Enlarge(count);
    }

    private void Enlarge(int count)
    {
        var needed = (long)_length + count;
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
        _end = Math.Min(_limit, larger.Length);
    }
}
