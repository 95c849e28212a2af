using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Languages.Json;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Goes through a JSON text (RFC 8259) once, checks it, and notes where its values lie.</summary>
/// <remarks>The text must be valid UTF-8. Strings that end in half a surrogate pair are noted, not refused.</remarks>
internal ref struct JsonIndexer(ReadOnlySpan<byte> json, bool isCheck) : IDisposable
{
    // Larger maps are looked up by a hash table, and only that finds names that repeat.
    private const int MaxSearched = 16;

    // Every number of so many characters fits.
    private const int SafeDigits = 18;

    private readonly ReadOnlySpan<byte> _json = json;
    private readonly bool _isCheck = isCheck;
    private JsonToken[]? _tokens;
    private int _count;
    private int _depth;

    /// <summary>Gets whether there is space between the values.</summary>
    public bool HasSpace { get; private set; }

    /// <summary>Gets whether some value differs from how it is written: for its escapes, or because a name may repeat.</summary>
    public bool HasIndirect { get; private set; }

    /// <summary>Gets whether some string is no Unicode text, since an escape writes half a surrogate pair.</summary>
    public bool HasHalfPair { get; private set; }

    /// <summary>Gets what was found, parents before their children.</summary>
    public readonly ReadOnlySpan<JsonToken> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>Reads the whole text.</summary>
    /// <returns><see langword="false"/> if it is empty, malformed or too deep.</returns>
    public bool TryRead()
    {
        // Space around the whole text is in nobody's way.
        var position = Value(JsonScanner.SkipWhiteSpace(_json, 0), 0, 0);
        return position >= 0 && JsonScanner.SkipWhiteSpace(_json, position) == _json.Length;
    }

    public void Dispose()
    {
        if (_tokens is not null)
        {
            ArrayPool<JsonToken>.Shared.Return(_tokens);
            _tokens = null;
        }
    }

    // All that follow take the position of something's first byte and return the position after it, or JsonScanner.Malformed.
    private int Value(int position, int nameStart, int nameLength)
    {
        if ((uint)position >= (uint)_json.Length)
        {
            return JsonScanner.Malformed;
        }

        switch (_json[position])
        {
            case (byte)'"':
                return Text(position, nameStart, nameLength);
            case (byte)'{':
                return Map(position, nameStart, nameLength);
            case (byte)'[':
                return List(position, nameStart, nameLength);
            case (byte)'t':
                return Literal(position, nameStart, nameLength, "true"u8, ValueKind.Boolean);
            case (byte)'f':
                return Literal(position, nameStart, nameLength, "false"u8, ValueKind.Boolean);
            case (byte)'n':
                return Literal(position, nameStart, nameLength, "null"u8, ValueKind.Null);
            default:
                return Number(position, nameStart, nameLength);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Space(int position)
    {
        if ((uint)position < (uint)_json.Length && _json[position] <= ' ')
        {
            HasSpace = true;
            return JsonScanner.SkipWhiteSpace(_json, position);
        }

        return position;
    }

    private int Text(int position, int nameStart, int nameLength)
    {
        var start = position + 1;
        var end = JsonScanner.EndOfString(_json, start, out var isEscaped);
        if (end < 0)
        {
            return JsonScanner.Malformed;
        }

        if (isEscaped)
        {
            NoteEscapes(start, end);
        }

        Add(nameStart, nameLength, start, end - start, ValueKind.String, isEscaped);
        return end + 1;
    }

    private int Number(int position, int nameStart, int nameLength)
    {
        var end = JsonScanner.EndOfNumber(_json, position, out var isPlain);
        if (end >= 0)
        {
            var isInteger = isPlain && IsInteger(_json[position..end]);
            Add(nameStart, nameLength, position, end - position, isInteger ? ValueKind.Integer : ValueKind.Number);
        }

        return end;
    }

    private int Literal(int position, int nameStart, int nameLength, ReadOnlySpan<byte> literal, ValueKind kind)
    {
        var end = JsonScanner.EndOfLiteral(_json, position, literal);
        if (end >= 0)
        {
            Add(nameStart, nameLength, position, literal.Length, kind);
        }

        return end;
    }

    private int List(int start, int nameStart, int nameLength)
    {
        if (++_depth > ValueReader.MaxDepth)
        {
            return JsonScanner.Malformed;
        }

        var bytes = _json;
        var index = Add(nameStart, nameLength, start, 0, ValueKind.List);
        var count = 0;
        var position = Space(start + 1);

        if ((uint)position < (uint)bytes.Length && bytes[position] == ']')
        {
            position++;
        }
        else
        {
            byte next;
            do
            {
                position = Value(Space(position), 0, 0);
                if (position < 0)
                {
                    return JsonScanner.Malformed;
                }

                count++;
                position = Space(position);
                if ((uint)position >= (uint)bytes.Length)
                {
                    return JsonScanner.Malformed;
                }

                next = bytes[position++];
            }
            while (next == ',');

            if (next != ']')
            {
                return JsonScanner.Malformed;
            }
        }

        _depth--;
        Close(index, position - start, count);
        return position;
    }

    private int Map(int start, int nameStart, int nameLength)
    {
        if (++_depth > ValueReader.MaxDepth)
        {
            return JsonScanner.Malformed;
        }

        var bytes = _json;
        var index = Add(nameStart, nameLength, start, 0, ValueKind.Map);
        var count = 0;
        var position = Space(start + 1);

        // One bit for each name: as long as they differ, so do the names.
        var bits = 0UL;
        var mayRepeat = false;
        var isIndirect = false;

        if ((uint)position < (uint)bytes.Length && bytes[position] == '}')
        {
            position++;
        }
        else
        {
            byte next;
            do
            {
                var name = Space(position) + 1;
                if ((uint)(name - 1) >= (uint)bytes.Length || bytes[name - 1] != '"')
                {
                    return JsonScanner.Malformed;
                }

                var end = JsonScanner.EndOfString(bytes, name, out var isEscaped);
                if (end < 0)
                {
                    return JsonScanner.Malformed;
                }

                if (isEscaped)
                {
                    isIndirect = true;
                    NoteEscapes(name, end);
                }

                position = Space(end + 1);
                if ((uint)position >= (uint)bytes.Length || bytes[position] != ':')
                {
                    return JsonScanner.Malformed;
                }

                var bit = BitOf(name, end - name);
                mayRepeat |= (bits & bit) != 0;
                bits |= bit;

                position = Value(Space(position + 1), name, end - name);
                if (position < 0)
                {
                    return JsonScanner.Malformed;
                }

                count++;
                position = Space(position);
                if ((uint)position >= (uint)bytes.Length)
                {
                    return JsonScanner.Malformed;
                }

                next = bytes[position++];
            }
            while (next == ',');

            if (next != '}')
            {
                return JsonScanner.Malformed;
            }
        }

        _depth--;
        Close(index, position - start, count);

        if (isIndirect || count > MaxSearched || (mayRepeat && !_isCheck && HasNameTwice(index)))
        {
            NoteIndirect(index);
        }

        return position;
    }

    // Six bits of a hash of the length, the first, the middle and the last byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ulong BitOf(int start, int length)
    {
        if (length == 0)
        {
            return 1;
        }

        var key = (uint)length | ((uint)_json[start] << 8) | ((uint)_json[start + (length >> 1)] << 16) | ((uint)_json[start + length - 1] << 24);
        return 1UL << (int)((key * 0x9E3779B1) >> 26);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool HasNameTwice(int map)
    {
        var tokens = _tokens!;
        var end = tokens[map].Next;
        for (var i = map + 1; i < end; i = tokens[i].Next)
        {
            var name = _json.Slice(tokens[i].NameStart, tokens[i].NameLength);
            for (var j = tokens[i].Next; j < end; j = tokens[j].Next)
            {
                if (name.Length == tokens[j].NameLength && name.SequenceEqual(_json.Slice(tokens[j].NameStart, name.Length)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Add(int nameStart, int nameLength, int start, int length, ValueKind kind, bool isIndirect = false)
    {
        if (_isCheck)
        {
            return 0;
        }

        var tokens = _tokens;
        var index = _count;
        if (tokens is null || (uint)index >= (uint)tokens.Length)
        {
            tokens = Grow();
        }

        ref var token = ref tokens[index];
        token.NameStart = nameStart;
        token.NameLength = nameLength;
        token.Start = start;
        token.Length = length;
        token.Next = index + 1;
        token.Count = 0;
        token.Kind = kind;
        token.IsIndirect = isIndirect;
        _count = index + 1;
        return index;
    }

    private readonly void Close(int index, int length, int count)
    {
        if (!_isCheck)
        {
            ref var token = ref _tokens![index];
            token.Length = length;
            token.Next = _count;
            token.Count = count;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteEscapes(int start, int end)
    {
        HasIndirect = true;
        HasHalfPair |= JsonText.HasHalfPair(_json[start..end]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NoteIndirect(int index)
    {
        HasIndirect = true;
        if (!_isCheck)
        {
            _tokens![index].IsIndirect = true;
        }
    }

    // "-0" and everything with a fraction or an exponent keeps its spelling; other integers have only one.
    private static bool IsInteger(ReadOnlySpan<byte> number) => number.Length <= SafeDigits
        ? number is not [(byte)'-', (byte)'0']
        : Utf8Parser.TryParse(number, out long _, out var length) && length == number.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsonToken[] Grow()
    {
        // A value takes about eight bytes.
        var larger = ArrayPool<JsonToken>.Shared.Rent(_tokens is null ? (_json.Length / 8) + 16 : _count * 2);
        if (_tokens is not null)
        {
            Tokens.CopyTo(larger);
            ArrayPool<JsonToken>.Shared.Return(_tokens);
        }

        return _tokens = larger;
    }
}
