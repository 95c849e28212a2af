using System.Diagnostics;
using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Languages.Json;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>
/// A JSON text and where its values lie. Maps, lists and strings are made of it when something asks for them as such; reading and
/// printing does not. Not thread-safe.
/// </summary>
/// <param name="bytes">The text. It must not change any more.</param>
/// <param name="tokens">Its values, the root first.</param>
/// <param name="isExact">Whether each value is written as it prints: without space, escapes and names that repeat.</param>
internal sealed class JsonIndex(byte[] bytes, JsonToken[] tokens, bool isExact)
{
    public const int NotFound = -1;

    // Beyond this a position in a list is not worth counting for.
    private const int MaxCounted = 32;

    // What was made of the values, by token. A template may have changed it.
    private object?[]? _made;

    /// <summary>Gets whether each value still is what its bytes say.</summary>
    public bool IsExact => isExact && _made is null;

    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Returns a value's token. Its name lies in <see cref="Bytes"/>, too.</summary>
    public ref readonly JsonToken this[int token] => ref tokens[token];

    public Value Root => At(0);

    /// <summary>Returns a value. Only strings with escapes cost an allocation, once.</summary>
    public Value At(int token)
    {
        ref readonly var found = ref tokens[token];
        return found.Kind switch
        {
            ValueKind.Boolean => bytes[found.Start] == (byte)'t' ? Value.True : Value.False,
            ValueKind.Integer => Value.Of(Integer(bytes.AsSpan(found.Start, found.Length))),
            ValueKind.Number => Value.OfNumber(this, found.Start, found.Length),
            ValueKind.String when found.IsIndirect => Value.Of(Text(token)),
            ValueKind.String => Value.OfText(this, found.Start, found.Length),
            ValueKind.List => Value.OfList(this, token),
            ValueKind.Map => Value.OfMap(this, token),
            _ => Value.Null,
        };
    }

    /// <summary>Returns whether a list or map can be read here: nothing was made of it that may have changed.</summary>
    public bool IsReadable(int token) => (_made is null || _made[token] is null) && !tokens[token].IsIndirect;

    /// <summary>Finds a member of a readable map.</summary>
    /// <returns>Its token, or <see cref="NotFound"/>.</returns>
    public int Find(int map, ReadOnlySpan<byte> name)
    {
        var hint = 0;
        return Find(map, name, ref hint);
    }

    /// <summary>Finds a member of a readable map, first where <paramref name="hint"/> says that one of that name was found before.</summary>
    /// <returns>Its token, or <see cref="NotFound"/>.</returns>
    public int Find(int map, ReadOnlySpan<byte> name, ref int hint)
    {
        var all = tokens;
        var end = all[map].Next;

        // Only where no member has further ones is each token a member.
        var hinted = map + hint;
        if (hint > 0 && hinted < end && end - map - 1 == all[map].Count && IsNamed(all[hinted], name))
        {
            return hinted;
        }

        for (var i = map + 1; i < end; i = all[i].Next)
        {
            if (IsNamed(all[i], name))
            {
                hint = i - map;
                return i;
            }
        }

        return NotFound;
    }

    /// <summary>Returns an item of a readable list.</summary>
    /// <param name="list">The list's token.</param>
    /// <param name="position">From 0 to the list's count, exclusively.</param>
    public Value ItemAt(int list, int position)
    {
        ref readonly var found = ref tokens[list];
        if (found.Next - list - 1 == found.Count)
        {
            return At(list + 1 + position);
        }

        if (position > MaxCounted)
        {
            return List(list)[position];
        }

        var token = list + 1;
        for (var i = 0; i < position; i++)
        {
            token = tokens[token].Next;
        }

        return At(token);
    }

    /// <summary>Makes a map, which from then on stands for what is written here.</summary>
    public ValueMap Map(int token)
    {
        if (Made(token) is { } made)
        {
            return (ValueMap)made;
        }

        var map = new ValueMap(tokens[token].Count);
        for (var i = token + 1; i < tokens[token].Next; i = tokens[i].Next)
        {
            map.Put(Name(i), At(i));
        }

        _made![token] = map;
        return map;
    }

    /// <inheritdoc cref="Map"/>
    public ValueList List(int token)
    {
        if (Made(token) is { } made)
        {
            return (ValueList)made;
        }

        var list = new ValueList(tokens[token].Count) { IsJson = true };
        for (var i = token + 1; i < tokens[token].Next; i = tokens[i].Next)
        {
            list.Add(At(i));
        }

        _made![token] = list;
        return list;
    }

    /// <summary>Returns a string that is written with escapes.</summary>
    public string Text(int token)
    {
        if (Made(token) is { } made)
        {
            return (string)made;
        }

        var text = JsonText.ToString(bytes.AsSpan(tokens[token].Start, tokens[token].Length), escaped: true);
        _made![token] = text;
        return text;
    }

    /// <summary>Returns the bytes of a value, or of a text without its quotes.</summary>
    public ReadOnlySpan<byte> Slice(int start, int length) => bytes.AsSpan(start, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNamed(in JsonToken token, ReadOnlySpan<byte> name) =>
        token.NameLength == name.Length && name.SequenceEqual(bytes.AsSpan(token.NameStart, name.Length));

    private object? Made(int token) => (_made ??= new object?[tokens.Length])[token];

    private string Name(int token)
    {
        var name = bytes.AsSpan(tokens[token].NameStart, tokens[token].NameLength);
        return JsonText.ToString(name, name.Contains((byte)'\\'));
    }

    private static long Integer(ReadOnlySpan<byte> digits)
    {
        Debug.Assert(digits.Length > 0);
        var isNegative = digits[0] == (byte)'-';
        long value = 0;
        for (var i = isNegative ? 1 : 0; i < digits.Length; i++)
        {
            // Downwards, since there is one more negative number.
            value = (value * 10) - (digits[i] - '0');
        }

        return isNegative ? value : -value;
    }
}
