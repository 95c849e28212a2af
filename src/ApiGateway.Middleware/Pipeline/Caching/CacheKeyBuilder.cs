namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Writes a cache's key into a caller's buffer. Each part carries its length, so no value can pose as a border.</summary>
/// <param name="buffer">Takes the key.</param>
internal ref struct CacheKeyBuilder(Span<char> buffer)
{
    private const char Absent = '\0';
    private const char Present = '\u0001';
    private const int Head = 3;

    private readonly Span<char> _buffer = buffer;
    private int _length;
    private bool _isFull;

    /// <summary>Gets the key, if the buffer was large enough.</summary>
    public readonly bool TryGetKey(out ReadOnlySpan<char> key)
    {
        key = _buffer[.._length];
        return !_isFull;
    }

    /// <summary>Writes text that has always the same length, or whose end the reader knows otherwise.</summary>
    public void AppendFixed(ReadOnlySpan<char> text)
    {
        if (Reserve(text.Length))
        {
            text.CopyTo(_buffer[_length..]);
            _length += text.Length;
        }
    }

    /// <summary>Writes a small number: that of a method, or how many parts follow.</summary>
    public void AppendNumber(int number)
    {
        if (number > char.MaxValue)
        {
            _isFull = true;
        }
        else if (Reserve(1))
        {
            _buffer[_length++] = (char)number;
        }
    }

    /// <summary>Leaves room for a number that is known later only.</summary>
    /// <returns>Its place.</returns>
    public int BeginNumber()
    {
        AppendNumber(0);
        return _length - 1;
    }

    public void EndNumber(int place, int number)
    {
        if (number > char.MaxValue)
        {
            _isFull = true;
        }
        else if (!_isFull)
        {
            _buffer[place] = (char)number;
        }
    }

    /// <summary>Writes that a part is not there, which is not the same as one that is empty.</summary>
    public void AppendAbsent() => AppendNumber(Absent);

    public void Append(ReadOnlySpan<char> part)
    {
        if (Reserve(Head + part.Length))
        {
            WriteHead(part.Length);
            part.CopyTo(_buffer[_length..]);
            _length += part.Length;
        }
    }

    /// <summary>Writes a part of an address in the one form that all its spellings have (RFC 3986 6.2.2): escapes in upper case, and none
    /// of letters, digits and <c>-._~</c>. Nothing else changes, so addresses that differ in meaning stay apart.</summary>
    public void AppendEscaped(ReadOnlySpan<char> part)
    {
        if (!part.Contains('%'))
        {
            Append(part);
            return;
        }

        // The form is never longer.
        if (!Reserve(Head + part.Length))
        {
            return;
        }

        var head = _length;
        _length += Head;
        for (var i = 0; i < part.Length; i++)
        {
            if (part[i] == '%' && i + 2 < part.Length && char.IsAsciiHexDigit(part[i + 1]) && char.IsAsciiHexDigit(part[i + 2]))
            {
                var value = (char)((ValueOf(part[i + 1]) << 4) | ValueOf(part[i + 2]));
                i += 2;
                if (char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~')
                {
                    _buffer[_length++] = value;
                }
                else
                {
                    _buffer[_length++] = '%';
                    _buffer[_length++] = char.ToUpperInvariant(part[i - 1]);
                    _buffer[_length++] = char.ToUpperInvariant(part[i]);
                }
            }
            else
            {
                _buffer[_length++] = part[i];
            }
        }

        var end = _length;
        _length = head;
        WriteHead(end - head - Head);
        _length = end;
    }

    private static int ValueOf(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private void WriteHead(int length)
    {
        _buffer[_length++] = Present;
        _buffer[_length++] = (char)length;
        _buffer[_length++] = (char)(length >> 16);
    }

    private bool Reserve(int length)
    {
        _isFull |= length > _buffer.Length - _length;
        return !_isFull;
    }
}
