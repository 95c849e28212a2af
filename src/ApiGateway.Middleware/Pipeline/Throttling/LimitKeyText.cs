using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Writes what tells callers apart so that two that differ never look the same: each value with its length in front.</summary>
internal ref struct LimitKeyText(Span<byte> buffer)
{
    private const int Missing = -1;

    private Span<byte> _buffer = buffer;
    private byte[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    public void AddMissing() => AddNumber(Missing);

    public void AddNumber(int number)
    {
        Reserve(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(_buffer[_length..], number);
        _length += sizeof(int);
    }

    // As it is in memory: an encoding might make two texts the same.
    public void Add(scoped ReadOnlySpan<char> text) => Add(MemoryMarshal.AsBytes(text));

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        AddNumber(bytes.Length);
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer[_length..]);
        _length += bytes.Length;
    }

    public readonly void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        var next = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + count));
        Written.CopyTo(next);
        Dispose();
        _buffer = _rented = next;
    }
}
