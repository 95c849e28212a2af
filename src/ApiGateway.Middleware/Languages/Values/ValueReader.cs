using System.Text;
using System.Text.Unicode;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Reads a JSON text (RFC 8259) into values.</summary>
internal static class ValueReader
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads a whole text. Of members with one name the last counts.</summary>
    /// <returns><see langword="false"/> if the text is empty, malformed or too deep.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, out Value value)
    {
        value = default;
        json = WithoutMark(json);

        var indexer = new JsonIndexer(json, isCheck: false);
        try
        {
            if (!Utf8.IsValid(json) || !indexer.TryRead() || indexer.HasHalfPair)
            {
                return false;
            }

            // A copy, since the values refer to it and may outlive the buffer that holds the payload.
            value = new JsonIndex(json.ToArray(), indexer.Tokens.ToArray(), !indexer.HasSpace && !indexer.HasIndirect).Root;
            return true;
        }
        finally
        {
            indexer.Dispose();
        }
    }

    public static bool TryRead(string json, out Value value) => TryRead(Encoding.UTF8.GetBytes(json), out value);

    /// <summary>Returns whether the whole text is JSON, without reading it into values.</summary>
    public static bool IsJson(ReadOnlySpan<byte> json) => IsJson(json, out _);

    /// <inheritdoc cref="IsJson(ReadOnlySpan{byte})"/>
    /// <param name="json">The text.</param>
    /// <param name="hasSpace">Whether there is space between the values, if it is JSON.</param>
    public static bool IsJson(ReadOnlySpan<byte> json, out bool hasSpace)
    {
        json = WithoutMark(json);
        var indexer = new JsonIndexer(json, isCheck: true);
        var isJson = Utf8.IsValid(json) && indexer.TryRead();
        hasSpace = indexer.HasSpace;
        return isJson;
    }

    /// <summary>Cuts the byte order mark off.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) =>
        json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
}
