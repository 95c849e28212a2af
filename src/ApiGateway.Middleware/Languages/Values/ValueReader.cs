using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Reads a JSON text (RFC 8259) into values.</summary>
internal static class ValueReader
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Reads a whole text. Of members with one name the last counts.</summary>
    /// <returns><see langword="false"/> if the text is empty, malformed or too deep.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out Value value)
    {
        var reader = new Utf8JsonReader(WithoutMark(json), Options);
        var names = new NameCache();
        value = default;

        try
        {
            if (!reader.Read())
            {
                return false;
            }

            var read = Read(ref reader, ref names);
            if (reader.Read())
            {
                return false;
            }

            value = read;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with bytes or escapes that are no Unicode text.
            return false;
        }
    }

    public static bool TryRead(string json, out Value value) => TryRead(Encoding.UTF8.GetBytes(json), out value);

    /// <summary>Returns whether the whole text is JSON, without reading it into values.</summary>
    public static bool IsJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(WithoutMark(json), Options);
        try
        {
            var any = false;
            while (reader.Read())
            {
                any = true;
            }

            return any && Utf8.IsValid(json);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Cuts the byte order mark off.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    private static Value Read(ref Utf8JsonReader reader, ref NameCache names) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Value.Of(ReadMap(ref reader, ref names)),
        JsonTokenType.StartArray => Value.Of(ReadList(ref reader, ref names)),
        JsonTokenType.String => Value.Of(reader.GetString()),
        JsonTokenType.Number => ReadNumber(ref reader),
        JsonTokenType.True => Value.True,
        JsonTokenType.False => Value.False,
        _ => Value.Null,
    };

    private static ValueMap ReadMap(ref Utf8JsonReader reader, ref NameCache names)
    {
        var map = new ValueMap();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = names.Get(ref reader);
            reader.Read();
            map.Put(name, Read(ref reader, ref names));
        }

        return map;
    }

    private static ValueList ReadList(ref Utf8JsonReader reader, ref NameCache names)
    {
        var list = new ValueList { IsJson = true };
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(Read(ref reader, ref names));
        }

        return list;
    }

    private static Value ReadNumber(ref Utf8JsonReader reader)
    {
        var spelled = reader.ValueSpan;

        // "-0" and everything with a fraction or an exponent keeps its spelling; other integers have only one.
        return !spelled.SequenceEqual("-0"u8) && reader.TryGetInt64(out var integer) && !spelled.ContainsAny("eE."u8)
            ? Value.Of(integer)
            : Value.Of(new NumberText(Encoding.UTF8.GetString(spelled)));
    }

    /// <summary>Shares the strings of names that repeat, as those of the items of a list do.</summary>
    private struct NameCache
    {
        private const int Slots = 64;

        private string?[]? _names;

        public string Get(ref Utf8JsonReader reader)
        {
            var bytes = reader.ValueSpan;
            if (reader.ValueIsEscaped || bytes.Length is 0 or > 64)
            {
                return reader.GetString()!;
            }

            _names ??= new string?[Slots];
            ref var slot = ref _names[((bytes.Length * 31) + (bytes[0] * 7) + bytes[^1]) % Slots];
            if (slot is null || !Ascii.Equals(bytes, slot))
            {
                slot = reader.GetString()!;
            }

            return slot;
        }
    }
}
