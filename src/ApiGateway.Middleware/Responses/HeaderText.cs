using System.Buffers;
using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Responses;

/// <summary>Makes header values legal (RFC 9110 5.5): visible ASCII characters, space and tab.</summary>
internal static class HeaderText
{
    private static readonly SearchValues<char> Legal = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(static c => (char)c), '\t']);

    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n\0");

    /// <summary>Makes a value legal that may go to a backend: line breaks and NUL become spaces; UTF-8 passes.</summary>
    public static string ForBackend(string value)
    {
        if (!value.AsSpan().ContainsAny(Breaks))
        {
            return value;
        }

        return string.Create(value.Length, value, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = Breaks.Contains(source[i]) ? ' ' : source[i];
            }
        }).Trim();
    }

    /// <summary>Makes a text legal that goes to the client: line breaks become spaces, all else that is not legal is percent-encoded UTF-8.</summary>
    public static string ForClient(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Legal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in ForBackend(value).EnumerateRunes())
        {
            if (rune.IsBmp && Legal.Contains((char)rune.Value))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var part in bytes[..rune.EncodeToUtf8(bytes)])
            {
                text.Append('%').Append(part.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
