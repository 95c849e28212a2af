using System.Buffers;

namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>A list on the stack that moves to a pooled array when it grows.</summary>
internal ref struct PatternBuffer<T>(Span<T> initial)
    where T : unmanaged
{
    private Span<T> _items = initial;
    private T[]? _rented;
    private int _count;

    public readonly ReadOnlySpan<T> Written => _items[.._count];

    /// <summary>Adds room for <paramref name="length"/> items and returns it.</summary>
    public Span<T> Append(int length)
    {
        if (_items.Length - _count < length)
        {
            Grow(length);
        }

        var room = _items.Slice(_count, length);
        _count += length;
        return room;
    }

    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            _items = default;
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(_items.Length * 2, _count + length));
        Written.CopyTo(larger);
        if (_rented is { } old)
        {
            ArrayPool<T>.Shared.Return(old);
        }

        _items = _rented = larger;
    }
}
