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
        value = default;

        if (json.IsEmpty || !Utf8.IsValid(json))
        {
            return false;
        }

        // A copy, since the values refer to it and may outlive the buffer that holds the payload.
        var bytes = WithoutMark(json).ToArray();
        var reader = new Utf8JsonReader(bytes, Options);
        var frames = new ValueFrames(bytes);

        try
        {
            if (!reader.Read())
            {
                return false;
            }

            var read = Read(ref reader, ref frames);
            if (reader.Read())
            {
                return false;
            }

            value = read;
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with escapes that are no Unicode text.
            return false;
        }
        finally
        {
            frames.Dispose();
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

    private static Value Read(ref Utf8JsonReader reader, ref ValueFrames frames) => reader.TokenType switch
    {
        JsonTokenType.StartObject => Value.Of(ReadMap(ref reader, ref frames)),
        JsonTokenType.StartArray => Value.Of(ReadList(ref reader, ref frames)),
        JsonTokenType.String => ReadText(ref reader, ref frames),
        JsonTokenType.Number => ReadNumber(ref reader, ref frames),
        JsonTokenType.True => Value.True,
        JsonTokenType.False => Value.False,
        _ => Value.Null,
    };

    private static ValueMap ReadMap(ref Utf8JsonReader reader, ref ValueFrames frames)
    {
        var start = frames.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = frames.Name(ref reader);
            reader.Read();
            frames.Push(name, Read(ref reader, ref frames));
        }

        return frames.PopMap(start);
    }

    private static ValueList ReadList(ref Utf8JsonReader reader, ref ValueFrames frames)
    {
        var start = frames.Count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            frames.Push(string.Empty, Read(ref reader, ref frames));
        }

        return frames.PopList(start);
    }

    private static Value ReadText(ref Utf8JsonReader reader, ref ValueFrames frames) => reader.ValueIsEscaped
        ? Value.Of(reader.GetString())
        : Value.Of(frames.Texts, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);

    private static Value ReadNumber(ref Utf8JsonReader reader, ref ValueFrames frames)
    {
        var spelled = reader.ValueSpan;

        // "-0" and everything with a fraction or an exponent keeps its spelling; other integers have only one.
        return !spelled.ContainsAny("eE."u8) && !spelled.SequenceEqual("-0"u8) && reader.TryGetInt64(out var integer)
            ? Value.Of(integer)
            : Value.Of(frames.Numbers, (int)reader.TokenStartIndex, spelled.Length);
    }
}
