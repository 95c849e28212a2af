using System.Text;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <summary>Rules for paths with percent-encoded characters. Off the common way: most paths have none.</summary>
internal static class EscapedPath
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Tells whether an escape is broken, hides a control, NUL or backslash, is no UTF-8, or makes a dot segment.</summary>
    public static bool IsMalformed(ReadOnlySpan<char> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] != '%')
            {
                continue;
            }

            if (i + 2 >= path.Length || !char.IsAsciiHexDigit(path[i + 1]) || !char.IsAsciiHexDigit(path[i + 2]))
            {
                return true;
            }

            var value = (Hex(path[i + 1]) << 4) | Hex(path[i + 2]);
            if (value is < 0x20 or 0x7F or '\\')
            {
                return true;
            }
        }

        // Here %2F counts as a separator, because a backend may take it for one.
        var decoded = Decode(path, keepSlash: false);
        return decoded is null || DotSegments.IsIn(decoded);
    }

    /// <summary>Tells whether a server that decodes once, but keeps <c>%2F</c>, reads <paramref name="path"/> as <paramref name="parsed"/>.</summary>
    public static bool DecodesTo(ReadOnlySpan<char> path, ReadOnlySpan<char> parsed)
    {
        var decoded = Decode(path, keepSlash: true);

        // What does not decode, or has dot segments, is refused later on: keep the client's form for that check.
        return decoded is null || DotSegments.IsIn(decoded) || parsed.SequenceEqual(decoded);
    }

    private static string? Decode(ReadOnlySpan<char> path, bool keepSlash)
    {
        var bytes = new byte[path.Length];
        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length && char.IsAsciiHexDigit(path[i + 1]) && char.IsAsciiHexDigit(path[i + 2])
                && ((Hex(path[i + 1]) << 4) | Hex(path[i + 2])) is var value && !(keepSlash && value == '/'))
            {
                bytes[length++] = (byte)value;
                i += 2;
            }
            else
            {
                bytes[length++] = (byte)path[i];
            }
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int Hex(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
