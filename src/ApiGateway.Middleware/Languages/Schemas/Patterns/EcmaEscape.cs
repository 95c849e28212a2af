using System.Globalization;

namespace ApiGateway.Middleware.Languages.Schemas.Patterns;

/// <summary>Escapes that mean the same inside and outside a character class. Positions stand after the backslash.</summary>
internal static class EcmaEscape
{
    private const string Spaces = "\\t-\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
    private const string NoSpaces = "\\u0000-\\u0008\\u000e-\\u001f!-\\u009f\\u00a1-\\u167f\\u1681-\\u1fff\\u200b-\\u2027"
        + "\\u202a-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-\\ufefe\\uff00-\\uffff";

    /// <summary>Reads <c>\d \D \w \W \s \S \p{} \P{}</c> as the members of a class.</summary>
    /// <returns>False, with an empty <paramref name="error"/>, if the escape is none of these.</returns>
    public static bool ReadClass(ReadOnlySpan<char> source, ref int position, out string members, out string error)
    {
        error = "";
        var c = source[position];
        members = c switch
        {
            'd' => "0-9",
            'D' => "\\u0000-/:-\\uffff",
            'w' => "a-zA-Z0-9_",
            'W' => "\\u0000-/:-@\\[-\\^`{-\\uffff",
            's' => Spaces,
            'S' => NoSpaces,
            _ => "",
        };
        if (members.Length > 0)
        {
            position++;
            return true;
        }

        if (c is not ('p' or 'P') || position + 1 >= source.Length || source[position + 1] != '{')
        {
            return false;
        }

        var length = source[position..].IndexOf('}');
        var property = length < 0 ? "" : source.Slice(position + 2, length - 2).ToString();
        if (UnicodeCategories.Find(property, negated: c == 'P') is not { } found)
        {
            error = $"the Unicode property '{property}' is not supported, only general categories, ASCII and Any are";
            return false;
        }

        position += length + 1;
        members = found;
        return true;
    }

    /// <summary>Reads an escape that stands for one character.</summary>
    public static int ReadCharacter(ReadOnlySpan<char> source, ref int position)
    {
        var c = source[position++];
        switch (c)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case '0':
                return 0;
            case 'c' when position < source.Length && char.IsAsciiLetter(source[position]):
                return source[position++] & 0x1F;
            case 'x' when Hex(source, position, 2) is { } two:
                position += 2;
                return two;
            case 'u':
                return ReadUnicode(source, ref position);
            default:
                return c;
        }
    }

    private static int ReadUnicode(ReadOnlySpan<char> source, ref int position)
    {
        if (position < source.Length && source[position] == '{')
        {
            var length = source[position..].IndexOf('}') - 1;
            if (length is > 0 and <= 8 && Hex(source, position + 1, length) is { } codePoint and <= 0x10FFFF)
            {
                position += length + 2;
                return codePoint;
            }
        }

        if (Hex(source, position, 4) is not { } first)
        {
            return 'u';
        }

        position += 4;
        if (char.IsHighSurrogate((char)first) && source[position..].StartsWith("\\u", StringComparison.Ordinal)
            && Hex(source, position + 2, 4) is { } second && char.IsLowSurrogate((char)second))
        {
            position += 6;
            return char.ConvertToUtf32((char)first, (char)second);
        }

        return first;
    }

    private static int? Hex(ReadOnlySpan<char> source, int position, int length) =>
        position + length <= source.Length
        && int.TryParse(
            source.Slice(position, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
