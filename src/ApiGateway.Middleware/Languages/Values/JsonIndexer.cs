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
    private int _position;
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
        SkipSpace();
        if (!Value(0, 0))
        {
            return false;
        }

        SkipSpace();
        return _position == _json.Length;
    }

    public void Dispose()
    {
        if (_tokens is not null)
        {
            ArrayPool<JsonToken>.Shared.Return(_tokens);
            _tokens = null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SkipSpace()
    {
        if ((uint)_position < (uint)_json.Length && _json[_position] <= ' ')
        {
            HasSpace = true;
            _position = JsonScanner.SkipWhiteSpace(_json, _position);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TakeIf(byte expected)
    {
        if ((uint)_position >= (uint)_json.Length || _json[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private bool Value(int nameStart, int nameLength)
    {
        var position = _position;
        if ((uint)position >= (uint)_json.Length)
        {
            return false;
        }

        switch (_json[position])
        {
            case (byte)'"':
                return Text(nameStart, nameLength);
            case (byte)'{':
                return Map(nameStart, nameLength);
            case (byte)'[':
                return List(nameStart, nameLength);
            case (byte)'t':
                return Literal(nameStart, nameLength, "true"u8, ValueKind.Boolean);
            case (byte)'f':
                return Literal(nameStart, nameLength, "false"u8, ValueKind.Boolean);
            case (byte)'n':
                return Literal(nameStart, nameLength, "null"u8, ValueKind.Null);
            default:
                return Number(nameStart, nameLength);
        }
    }

    private bool Text(int nameStart, int nameLength)
    {
        var start = _position + 1;
        var end = JsonScanner.EndOfString(_json, start, out var isEscaped);
        if (end < 0)
        {
            return false;
        }

        _position = end + 1;
        if (isEscaped)
        {
            NoteEscapes(start, end);
        }

        Add(nameStart, nameLength, start, end - start, ValueKind.String, isEscaped);
        return true;
    }

    private bool Number(int nameStart, int nameLength)
    {
        var start = _position;
        var end = JsonScanner.EndOfNumber(_json, start, out var isPlain);
        if (end < 0)
        {
            return false;
        }

        _position = end;
        Add(nameStart, nameLength, start, end - start, isPlain && IsInteger(_json[start..end]) ? ValueKind.Integer : ValueKind.Number);
        return true;
    }

    private bool Literal(int nameStart, int nameLength, ReadOnlySpan<byte> literal, ValueKind kind)
    {
        if (!_json[_position..].StartsWith(literal))
        {
            return false;
        }

        Add(nameStart, nameLength, _position, literal.Length, kind);
        _position += literal.Length;
        return true;
    }

    private bool List(int nameStart, int nameLength)
    {
        if (++_depth > ValueReader.MaxDepth)
        {
            return false;
        }

        var start = _position++;
        var index = Add(nameStart, nameLength, start, 0, ValueKind.List);
        var count = 0;

        SkipSpace();
        if (!TakeIf((byte)']'))
        {
            do
            {
                SkipSpace();
                if (!Value(0, 0))
                {
                    return false;
                }

                count++;
                SkipSpace();
            }
            while (TakeIf((byte)','));

            if (!TakeIf((byte)']'))
            {
                return false;
            }
        }

        _depth--;
        Close(index, start, count);
        return true;
    }

    private bool Map(int nameStart, int nameLength)
    {
        if (++_depth > ValueReader.MaxDepth)
        {
            return false;
        }

        var start = _position++;
        var index = Add(nameStart, nameLength, start, 0, ValueKind.Map);
        var count = 0;

        // One bit for each name: as long as they differ, so do the names.
        var bits = 0UL;
        var isIndirect = false;
        var mayRepeat = false;

        SkipSpace();
        if (!TakeIf((byte)'}'))
        {
            do
            {
                SkipSpace();
                if (!Name(out var memberStart, out var memberLength, ref isIndirect))
                {
                    return false;
                }

                var bit = BitOf(memberStart, memberLength);
                mayRepeat |= (bits & bit) != 0;
                bits |= bit;

                if (!Value(memberStart, memberLength))
                {
                    return false;
                }

                count++;
                SkipSpace();
            }
            while (TakeIf((byte)','));

            if (!TakeIf((byte)'}'))
            {
                return false;
            }
        }

        _depth--;
        Close(index, start, count);

        if (isIndirect || count > MaxSearched || (mayRepeat && !_isCheck && HasNameTwice(index)))
        {
            NoteIndirect(index);
        }

        return true;
    }

    private bool Name(out int start, out int length, ref bool isIndirect)
    {
        start = _position + 1;
        length = 0;
        if (!TakeIf((byte)'"'))
        {
            return false;
        }

        var end = JsonScanner.EndOfString(_json, start, out var isEscaped);
        if (end < 0)
        {
            return false;
        }

        if (isEscaped)
        {
            isIndirect = true;
            NoteEscapes(start, end);
        }

        length = end - start;
        _position = end + 1;
        SkipSpace();
        if (!TakeIf((byte)':'))
        {
            return false;
        }

        SkipSpace();
        return true;
    }

    private readonly ulong BitOf(int start, int length) =>
        length == 0 ? 1 : 1UL << ((length + (_json[start] * 3) + (_json[start + length - 1] * 7) + _json[start + (length >> 1)]) & 63);

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

    private readonly void Close(int index, int start, int count)
    {
        if (!_isCheck)
        {
            ref var token = ref _tokens![index];
            token.Length = _position - start;
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
