using System.Buffers;
using System.Buffers.Text;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Writes values: as JSON, or as a template prints them.</summary>
internal static class ValueWriter
{
    /// <summary>The deepest nesting that is written. Twice what is read, since templates may wrap what they read.</summary>
    public const int MaxDepth = 128;

    /// <summary>The largest text that one value may become, in bytes.</summary>
    public const int MaxTextBytes = 10 * 1024 * 1024;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016"
        + "\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>Writes compact JSON. Numbers keep their spelling, members their order.</summary>
    public static void WriteJson(Value value, PooledBufferWriter writer) => WriteJson(value, writer, 0);

    /// <summary>
    /// Writes what a template prints: nothing for null, <c>{k=v, k2=v2}</c> for a map, JSON for a list that came from JSON,
    /// <c>[a, b]</c> for a list that a template made.
    /// </summary>
    public static void WriteText(Value value, PooledBufferWriter writer)
    {
        if (value.Source is { IsEmpty: false } source)
        {
            writer.Write(source);
        }
        else if (value.IsInteger)
        {
            WriteInteger(value.Integer, writer);
        }
        else if (!value.IsNull)
        {
            WriteText(value, writer, 0);
        }
    }

    public static void WriteJsonString(ReadOnlySpan<char> text, PooledBufferWriter writer)
    {
        writer.WriteByte((byte)'"');

        for (var next = text.IndexOfAny(Escaped); next >= 0; next = text.IndexOfAny(Escaped))
        {
            writer.WriteText(text[..next]);
            WriteEscape(text[next], writer);
            text = text[(next + 1)..];
        }

        writer.WriteText(text);
        writer.WriteByte((byte)'"');
    }

    /// <summary>Writes the JSON of a value that is so many levels deep in another one.</summary>
    public static void WriteJson(Value value, PooledBufferWriter writer, int depth)
    {
        CheckDepth(depth);
        if (value.TryGetIndexed(out var index, out var token))
        {
            JsonIndexWriter.WriteJson(index, token, writer, depth);
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Null:
                writer.Write("null"u8);
                break;
            case ValueKind.String when !value.Source.IsEmpty:
                writer.WriteByte((byte)'"');
                writer.Write(value.Source);
                writer.WriteByte((byte)'"');
                break;
            case ValueKind.String:
                WriteJsonString(value.Text, writer);
                break;
            case ValueKind.List:
                WriteJsonList(value.List!, writer, depth);
                break;
            case ValueKind.Map:
                WriteJsonMap(value.Map!, writer, depth);
                break;
            case ValueKind.Object:
                value.Object!.WriteJson(writer);
                break;
            case ValueKind.Double when !double.IsFinite(value.Double):
                writer.Write("null"u8);
                break;
            default:
                WriteScalar(value, writer);
                break;
        }
    }

    private static void WriteJsonList(ValueList list, PooledBufferWriter writer, int depth)
    {
        writer.WriteByte((byte)'[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                writer.WriteByte((byte)',');
            }

            WriteJson(list[i], writer, depth + 1);
        }

        writer.WriteByte((byte)']');
    }

    private static void WriteJsonMap(ValueMap map, PooledBufferWriter writer, int depth)
    {
        writer.WriteByte((byte)'{');
        var first = true;
        foreach (var entry in map.Entries)
        {
            if (!first)
            {
                writer.WriteByte((byte)',');
            }

            first = false;
            WriteJsonString(entry.Key, writer);
            writer.WriteByte((byte)':');
            WriteJson(entry.Value, writer, depth + 1);
        }

        writer.WriteByte((byte)'}');
    }

    /// <summary>Writes what a template prints for a value that is so many levels deep in another one; null is the word.</summary>
    public static void WriteText(Value value, PooledBufferWriter writer, int depth)
    {
        CheckDepth(depth);
        if (value.TryGetIndexed(out var index, out var token))
        {
            if (value.Kind == ValueKind.Map)
            {
                JsonIndexWriter.WriteTextMap(index, token, writer, depth);
            }
            else
            {
                JsonIndexWriter.WriteJson(index, token, writer, depth);
            }

            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Null:
                writer.Write("null"u8);
                break;
            case ValueKind.String when !value.Source.IsEmpty:
                writer.Write(value.Source);
                break;
            case ValueKind.String:
                writer.WriteText(value.Text);
                break;
            case ValueKind.List when value.List!.IsJson:
                WriteJsonList(value.List, writer, depth);
                break;
            case ValueKind.List:
                WriteTextList(value.List!, writer, depth);
                break;
            case ValueKind.Map when !value.Map!.IsSilent:
                WriteTextMap(value.Map, writer, depth);
                break;
            case ValueKind.Map:
                break;
            case ValueKind.Object:
                value.Object!.WriteText(writer);
                break;
            default:
                WriteScalar(value, writer);
                break;
        }
    }

    private static void WriteTextList(ValueList list, PooledBufferWriter writer, int depth)
    {
        writer.WriteByte((byte)'[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
            {
                writer.Write(", "u8);
            }

            WriteText(list[i], writer, depth + 1);
        }

        writer.WriteByte((byte)']');
    }

    private static void WriteTextMap(ValueMap map, PooledBufferWriter writer, int depth)
    {
        writer.WriteByte((byte)'{');
        var first = true;
        foreach (var entry in map.Entries)
        {
            if (!first)
            {
                writer.Write(", "u8);
            }

            first = false;
            writer.WriteText(entry.Key);
            writer.WriteByte((byte)'=');
            WriteText(entry.Value, writer, depth + 1);
        }

        writer.WriteByte((byte)'}');
    }

    private static void WriteScalar(Value value, PooledBufferWriter writer)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                writer.Write(value.Boolean ? "true"u8 : "false"u8);
                break;
            case ValueKind.Integer:
                WriteInteger(value.Integer, writer);
                break;
            case ValueKind.Double:
                writer.WriteText(JavaDouble.Format(value.Double));
                break;
            case ValueKind.Number:
                writer.Write(value.Source);
                break;
        }
    }

    private static void WriteInteger(long value, PooledBufferWriter writer)
    {
        if ((ulong)value < 10)
        {
            writer.WriteByte((byte)('0' + value));
            return;
        }

        Utf8Formatter.TryFormat(value, writer.GetSpan(20), out var written);
        writer.Advance(written);
    }

    private static void WriteEscape(char c, PooledBufferWriter writer)
    {
        var name = c switch
        {
            '"' => '"',
            '\\' => '\\',
            '\b' => 'b',
            '\f' => 'f',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            _ => '\0',
        };

        if (name != '\0')
        {
            writer.WriteByte((byte)'\\');
            writer.WriteByte((byte)name);
            return;
        }

        writer.Write("\\u00"u8);
        writer.WriteByte((byte)(c >= 0x10 ? '1' : '0'));
        writer.WriteByte((byte)"0123456789abcdef"[c & 0xF]);
    }

    private static void CheckDepth(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new ValueLimitException($"A value is nested more than {MaxDepth} levels deep.");
        }
    }
}
