using System.Text.Unicode;

namespace ApiGateway.Middleware.OpenApi.Documents;

/// <summary>Reads JSON or YAML into a tree.</summary>
internal static class DocumentReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="DocumentException">The text is too large, too deep, or neither JSON nor YAML.</exception>
    public static DocumentNode Read(ReadOnlySpan<byte> utf8, string source)
    {
        if (utf8.Length > DocumentLimits.MaxBytes)
        {
            throw new DocumentException(
                $"The document has {utf8.Length} bytes, but may have {DocumentLimits.MaxBytes}. Split it, or move examples out of it.");
        }

        if (utf8.StartsWith(ByteOrderMark))
        {
            utf8 = utf8[ByteOrderMark.Length..];
        }

        if (!Utf8.IsValid(utf8))
        {
            throw new DocumentException("The document is not encoded in UTF-8. Save it as UTF-8.");
        }

        return IsJson(utf8, source) ? new JsonReader(utf8).Read() : YamlReader.Read(utf8);
    }

    // JSON is YAML as well, so a wrong guess for a file without a telling name only costs time.
    private static bool IsJson(ReadOnlySpan<byte> utf8, string source)
    {
        if (source.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (source.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || source.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return utf8.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
    }
}
