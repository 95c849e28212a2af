using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A payload that is read as JSON once, when it is first needed. Not thread-safe.</summary>
internal sealed class JsonBody(ReadOnlyMemory<byte> bytes)
{
    private Value _root;
    private bool? _isJson;
    private bool _hasSpace;
    private bool _isRead;

    /// <summary>Gets the payload as it came.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Gets whether the payload is a JSON text. An empty one is not.</summary>
    public bool IsJson => _isJson ??= ValueReader.IsJson(bytes.Span, out _hasSpace);

    /// <summary>Reads the payload.</summary>
    /// <returns><see langword="false"/> if it is no JSON text.</returns>
    public bool TryGetRoot(out Value root)
    {
        if (!_isRead)
        {
            _isRead = true;
            _isJson = ValueReader.TryRead(bytes.Span, out _root);
        }

        root = _root;
        return _isJson == true;
    }

    /// <summary>Writes the payload, which must be JSON, without the space between its parts. Compact JSON is copied at once.</summary>
    public void WriteCompact(PooledBufferWriter writer)
    {
        if (_isRead)
        {
            // A template may have changed it.
            ValueWriter.WriteJson(_root, writer);
            return;
        }

        var rest = ValueReader.WithoutMark(bytes.Span).Trim(" \t\r\n"u8);
        if (IsJson && !_hasSpace)
        {
            writer.Write(rest);
            return;
        }

        while (!rest.IsEmpty)
        {
            var length = NextSpace(rest);
            writer.Write(rest[..length]);
            rest = rest[length..].TrimStart(" \t\r\n"u8);
        }
    }

    /// <summary>Finds the first space outside of texts.</summary>
    private static int NextSpace(ReadOnlySpan<byte> json)
    {
        var position = 0;
        while (position < json.Length)
        {
            var next = json[position..].IndexOfAny("\" \t\r\n"u8);
            if (next < 0)
            {
                return json.Length;
            }

            position += next;
            if (json[position] != (byte)'"')
            {
                return position;
            }

            position = EndOfText(json, position + 1);
        }

        return json.Length;
    }

    private static int EndOfText(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length)
        {
            var next = json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return json.Length;
            }

            position += next;
            if (json[position] == (byte)'"')
            {
                return position + 1;
            }

            position += 2;
        }

        return json.Length;
    }
}
