using System.Buffers;
using System.Text;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Text that grows from the stack into a pooled array.</summary>
/// <param name="initial">Where the text starts.</param>
internal ref struct TextBuilder(Span<char> initial)
{
    private Span<char> _buffer = initial;
    private char[]? _rented;

    /// <summary>Gets the text so far.</summary>
    public readonly ReadOnlySpan<char> Text => _buffer[..Length];

    /// <summary>Gets the text so far, to be changed in place.</summary>
    public readonly Span<char> Written => _buffer[..Length];

    /// <summary>Gets or sets the number of characters; set it to shorten the text.</summary>
    public int Length { readonly get; set; }

    /// <summary>Adds a character.</summary>
    /// <param name="value">The character.</param>
    public void Append(char value)
    {
        if (Length == _buffer.Length)
        {
            Grow(1);
        }

        _buffer[Length++] = value;
    }

    /// <summary>Adds text.</summary>
    /// <param name="value">The text.</param>
    public void Append(scoped ReadOnlySpan<char> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
    }

    /// <summary>Adds UTF-8 text; what is not valid becomes U+FFFD.</summary>
    /// <param name="value">The bytes.</param>
    public void AppendUtf8(scoped ReadOnlySpan<byte> value) => Length += Encoding.UTF8.GetChars(value, Reserve(value.Length));

    /// <summary>Gets free room behind the text, of at least a size.</summary>
    /// <param name="size">The number of characters.</param>
    public Span<char> Reserve(int size)
    {
        if (_buffer.Length - Length < size)
        {
            Grow(size);
        }

        return _buffer[Length..];
    }

    /// <summary>Gives the pooled array back.</summary>
    public void Dispose()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            _buffer = default;
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(checked(Length + size), _buffer.Length * 2));
        Text.CopyTo(larger);
        if (_rented is { } rented)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        _buffer = _rented = larger;
    }
}
