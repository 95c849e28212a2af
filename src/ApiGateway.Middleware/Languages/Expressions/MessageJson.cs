using System.Text.Json;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Reads messages as JSON by the letter of RFC 8259: no comments, no trailing commas, no byte order mark.</summary>
internal static class MessageJson
{
    // Deeper is no JSON: a bound that any reader may set (RFC 8259 9).
    public const int MaxDepth = 512;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Returns whether a message is JSON.</summary>
    /// <param name="utf8">The message.</param>
    public static bool IsJson(ReadOnlySpan<byte> utf8) => TryFind(utf8, [], out _);

    /// <summary>Finds a value.</summary>
    /// <param name="utf8">The message.</param>
    /// <param name="path">The way to it.</param>
    /// <param name="value">The value as it was written; empty if there is none. Of members of one name, the last counts.</param>
    /// <returns><see langword="false"/> if the message is not JSON.</returns>
    public static bool TryFind(ReadOnlySpan<byte> utf8, ReadOnlySpan<SelectionStep> path, out ReadOnlySpan<byte> value)
    {
        value = default;

        // Text is common enough that it shall not cost an exception.
        var start = utf8.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || !MayBegin(start[0]))
        {
            return false;
        }

        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            reader.Read();
            var (from, to) = (0, 0);
            Walk(ref reader, path, ref from, ref to);
            if (reader.Read())
            {
                return false;
            }

            value = utf8[from..to];
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool MayBegin(byte first) => first is (byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (>= (byte)'0' and <= (byte)'9') or (byte)'t' or (byte)'f' or (byte)'n';

    // Reads a whole value, whatever is sought in it: all of the message has to be JSON.
    private static void Walk(ref Utf8JsonReader reader, ReadOnlySpan<SelectionStep> path, ref int from, ref int to)
    {
        if (path.IsEmpty)
        {
            from = (int)reader.TokenStartIndex;
            reader.Skip();
            to = (int)reader.BytesConsumed;
            return;
        }

        var step = path[0];
        if (step.Name is { } name && reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMeant = reader.ValueTextEquals(name);
                reader.Read();
                if (isMeant)
                {
                    (from, to) = (0, 0);
                    Walk(ref reader, path[1..], ref from, ref to);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else if (step.Name is null && reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                if (index == step.Index)
                {
                    Walk(ref reader, path[1..], ref from, ref to);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
        else
        {
            reader.Skip();
        }
    }
}
