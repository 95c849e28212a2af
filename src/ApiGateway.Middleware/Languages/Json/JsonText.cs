using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Languages.Json;

/// <summary>Reads the content of JSON strings that <see cref="JsonScanner"/> found well formed.</summary>
internal static class JsonText
{
    /// <summary>The number of Unicode code points. Half a surrogate pair, which an escape can write, counts as one.</summary>
    public static int CountCodePoints(ReadOnlySpan<byte> content, bool escaped)
    {
        var count = 0;
        for (var i = 0; i < content.Length; i++)
        {
            // Bytes 10xxxxxx continue a code point.
            if ((content[i] & 0xC0) != 0x80)
            {
                count++;
            }

            if (escaped && content[i] == '\\')
            {
                i += SecondHalfFollows(content, i) ? 11 : content[i + 1] == 'u' ? 5 : 1;
            }
        }

        return count;
    }

    /// <summary>Writes the content without escapes. The result is never longer than the content.</summary>
    /// <remarks>Half a surrogate pair becomes three bytes that occur in no valid text, so it equals only itself.</remarks>
    public static int Unescape(ReadOnlySpan<byte> content, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var plain = content.IndexOf((byte)'\\');
            if (plain < 0)
            {
                content.CopyTo(destination[written..]);
                return written + content.Length;
            }

            content[..plain].CopyTo(destination[written..]);
            written += plain;
            content = content[plain..];

            var codePoint = ReadEscape(content, out var consumed);
            written += Encode(codePoint, destination[written..]);
            content = content[consumed..];
        }
    }

    /// <summary>Writes the content as UTF-16, halves of surrogate pairs as well, in at most as many units as bytes.</summary>
    public static int ToUtf16(ReadOnlySpan<byte> content, bool escaped, Span<char> destination)
    {
        if (!escaped)
        {
            return Encoding.UTF8.GetChars(content, destination);
        }

        var written = 0;
        while (true)
        {
            var plain = content.IndexOf((byte)'\\');
            if (plain < 0)
            {
                return written + Encoding.UTF8.GetChars(content, destination[written..]);
            }

            written += Encoding.UTF8.GetChars(content[..plain], destination[written..]);
            var codePoint = ReadEscape(content[plain..], out var consumed);
            if (codePoint > char.MaxValue)
            {
                new Rune(codePoint).EncodeToUtf16(destination[written..]);
                written += 2;
            }
            else
            {
                destination[written++] = (char)codePoint;
            }

            content = content[(plain + consumed)..];
        }
    }

    /// <summary>The content as a string.</summary>
    public static string ToString(ReadOnlySpan<byte> content, bool escaped)
    {
        if (!escaped)
        {
            return Encoding.UTF8.GetString(content);
        }

        var buffer = new char[content.Length];
        return new string(buffer, 0, ToUtf16(content, escaped: true, buffer));
    }

    /// <summary>Whether an escape writes half a surrogate pair, so that the content is no Unicode text.</summary>
    public static bool HasHalfPair(ReadOnlySpan<byte> content)
    {
        for (var i = content.IndexOf((byte)'\\'); i >= 0 && i < content.Length; i++)
        {
            if (content[i] == '\\')
            {
                var isPair = SecondHalfFollows(content, i);
                if (!isPair && content[i + 1] == 'u' && char.IsSurrogate(Hex(content, i + 2)))
                {
                    return true;
                }

                i += isPair ? 11 : 1;
            }
        }

        return false;
    }

    private static int ReadEscape(ReadOnlySpan<byte> text, out int consumed)
    {
        consumed = 2;
        switch (text[1])
        {
            case (byte)'b':
                return '\b';
            case (byte)'f':
                return '\f';
            case (byte)'n':
                return '\n';
            case (byte)'r':
                return '\r';
            case (byte)'t':
                return '\t';
            case (byte)'u':
                var first = Hex(text, 2);
                if (SecondHalfFollows(text, 0))
                {
                    consumed = 12;
                    return char.ConvertToUtf32(first, Hex(text, 8));
                }

                consumed = 6;
                return first;
            default:
                return text[1];
        }
    }

    private static bool SecondHalfFollows(ReadOnlySpan<byte> text, int position) =>
        position + 12 <= text.Length && text[position + 1] == 'u' && text[position + 6] == '\\' && text[position + 7] == 'u'
        && char.IsHighSurrogate(Hex(text, position + 2)) && char.IsLowSurrogate(Hex(text, position + 8));

    private static char Hex(ReadOnlySpan<byte> text, int position) =>
        (char)ushort.Parse(text.Slice(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static int Encode(int codePoint, Span<byte> destination)
    {
        if (Rune.TryCreate(codePoint, out var rune))
        {
            return rune.EncodeToUtf8(destination);
        }

        destination[0] = (byte)(0xE0 | (codePoint >> 12));
        destination[1] = (byte)(0x80 | ((codePoint >> 6) & 0x3F));
        destination[2] = (byte)(0x80 | (codePoint & 0x3F));
        return 3;
    }
}
