using System.Text.Json;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>Writes JSON values as selection expressions have them: texts as they are, lists as <c>[a, b]</c>, objects without white space.</summary>
internal static class SelectionValue
{
    /// <summary>Writes a value.</summary>
    /// <param name="json">The value, which is sound JSON; nothing if there is none.</param>
    /// <param name="target">Takes the text.</param>
    public static void Write(ReadOnlySpan<byte> json, ref TextBuilder target)
    {
        switch (json)
        {
            case [] or [(byte)'n', ..]:
                break;
            case [(byte)'"', ..]:
                WriteText(json, ref target);
                break;
            case [(byte)'[', ..]:
                var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MessageJson.MaxDepth });
                reader.Read();
                WriteList(ref reader, json, ref target);
                break;
            case [(byte)'{', ..]:
                WriteObject(json, ref target);
                break;
            default:
                target.AppendUtf8(json);
                break;
        }
    }

    private static void WriteText(ReadOnlySpan<byte> json, ref TextBuilder target)
    {
        var inner = json[1..^1];
        if (!inner.Contains((byte)'\\'))
        {
            target.AppendUtf8(inner);
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            target.Length += reader.CopyString(target.Reserve(inner.Length));
        }
        catch (InvalidOperationException)
        {
            // An escape names half a character. No key of a definition has one.
            target.AppendUtf8(inner);
        }
    }

    // Lists in lists are read once, however deep they are.
    private static void WriteList(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ref TextBuilder target)
    {
        target.Append('[');
        for (var isFirst = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (!isFirst)
            {
                target.Append(", ");
            }

            if (reader.TokenType == JsonTokenType.StartArray)
            {
                WriteList(ref reader, json, ref target);
                continue;
            }

            var from = (int)reader.TokenStartIndex;
            reader.Skip();
            Write(json[from..(int)reader.BytesConsumed], ref target);
        }

        target.Append(']');
    }

    private static void WriteObject(ReadOnlySpan<byte> json, ref TextBuilder target)
    {
        while (!json.IsEmpty)
        {
            if (json[0] == '"')
            {
                var end = EndOfText(json);
                target.AppendUtf8(json[..end]);
                json = json[end..];
                continue;
            }

            var length = json.IndexOfAny(" \t\r\n\""u8);
            target.AppendUtf8(length < 0 ? json : json[..length]);
            json = length < 0 ? default : json[length] == '"' ? json[length..] : json[(length + 1)..];
        }
    }

    private static int EndOfText(ReadOnlySpan<byte> json)
    {
        for (var at = 1; at < json.Length; at++)
        {
            if (json[at] == '\\')
            {
                at++;
            }
            else if (json[at] == '"')
            {
                return at + 1;
            }
        }

        return json.Length;
    }
}
