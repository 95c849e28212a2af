using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Writes the values of a JSON text without making anything of them.</summary>
internal static class JsonIndexWriter
{
    /// <summary>Writes what <see cref="ValueWriter.WriteText(Value, PooledBufferWriter)"/> would write for a value.</summary>
    public static void WriteText(JsonIndex index, int token, PooledBufferWriter writer)
    {
        ref readonly var found = ref index[token];
        if (found.Kind is ValueKind.List or ValueKind.Map || found.IsIndirect)
        {
            ValueWriter.WriteText(index.At(token), writer);
        }
        else if (found.Kind != ValueKind.Null)
        {
            writer.Write(index.Slice(found.Start, found.Length));
        }
    }

    /// <summary>Writes the JSON of a list or map that can be read.</summary>
    public static void WriteJson(JsonIndex index, int token, PooledBufferWriter writer, int depth)
    {
        ref readonly var found = ref index[token];
        if (index.IsExact && depth + ValueReader.MaxDepth <= ValueWriter.MaxDepth)
        {
            writer.Write(index.Slice(found.Start, found.Length));
            return;
        }

        var isMap = found.Kind == ValueKind.Map;
        var next = token + 1;
        writer.WriteByte(isMap ? (byte)'{' : (byte)'[');
        for (var i = 0; i < found.Count; i++)
        {
            ref readonly var item = ref index[next];
            if (i > 0)
            {
                writer.WriteByte((byte)',');
            }

            if (isMap)
            {
                writer.WriteByte((byte)'"');
                writer.Write(index.Slice(item.NameStart, item.NameLength));
                writer.Write("\":"u8);
            }

            ValueWriter.WriteJson(index.At(next), writer, depth + 1);
            next = item.Next;
        }

        writer.WriteByte(isMap ? (byte)'}' : (byte)']');
    }

    /// <summary>Writes a map that can be read as a template prints it.</summary>
    public static void WriteTextMap(JsonIndex index, int token, PooledBufferWriter writer, int depth)
    {
        var next = token + 1;
        writer.WriteByte((byte)'{');
        for (var i = 0; i < index[token].Count; i++)
        {
            ref readonly var item = ref index[next];
            if (i > 0)
            {
                writer.Write(", "u8);
            }

            writer.Write(index.Slice(item.NameStart, item.NameLength));
            writer.WriteByte((byte)'=');
            ValueWriter.WriteText(index.At(next), writer, depth + 1);
            next = item.Next;
        }

        writer.WriteByte((byte)'}');
    }
}
