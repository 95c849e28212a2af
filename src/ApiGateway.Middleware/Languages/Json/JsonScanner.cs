using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ApiGateway.Middleware.Languages.Json;

/// <summary>Finds the ends of JSON tokens (RFC 8259) in one span. Malformed text is an answer, never an exception.</summary>
/// <remarks>Strings are not checked for UTF-8: callers check the whole body once, which is vectorized.</remarks>
internal static class JsonScanner
{
    /// <summary>The answer for malformed text.</summary>
    public const int Malformed = -1;

    /// <summary>The position of the next byte that is not white space; the length of the text if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SkipWhiteSpace(ReadOnlySpan<byte> json, int position) =>
        (uint)position < (uint)json.Length && json[position] <= ' ' ? SkipWhiteSpaceCore(json, position) : position;

    /// <summary>The position of the closing quotation mark; <paramref name="position"/> is that of the first character.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfString(ReadOnlySpan<byte> json, int position, out bool escaped)
    {
        position = PlainCharacters(json, position);
        if ((uint)position < (uint)json.Length && json[position] == '"')
        {
            escaped = false;
            return position;
        }

        escaped = true;
        return EndOfEscapedString(json, position);
    }

    /// <summary>The position after the number at <paramref name="position"/>.</summary>
    /// <param name="json">The text.</param>
    /// <param name="position">Where the sign or the first digit is.</param>
    /// <param name="plain">Whether the number has neither fraction nor exponent.</param>
    public static int EndOfNumber(ReadOnlySpan<byte> json, int position, out bool plain)
    {
        plain = true;
        if ((uint)position < (uint)json.Length && json[position] == '-')
        {
            position++;
        }

        if ((uint)position < (uint)json.Length && json[position] == '0')
        {
            position++;
        }
        else if ((position = Digits(json, position)) < 0)
        {
            return Malformed;
        }

        if ((uint)position < (uint)json.Length && json[position] == '.')
        {
            plain = false;
            if ((position = Digits(json, position + 1)) < 0)
            {
                return Malformed;
            }
        }

        if ((uint)position < (uint)json.Length && (json[position] | 0x20) == 'e')
        {
            plain = false;
            position++;
            if ((uint)position < (uint)json.Length && json[position] is (byte)'+' or (byte)'-')
            {
                position++;
            }

            return Digits(json, position);
        }

        return position;
    }

    /// <summary>The position after <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int EndOfLiteral(ReadOnlySpan<byte> json, int position, ReadOnlySpan<byte> literal) =>
        json[position..].StartsWith(literal) ? position + literal.Length : Malformed;

    private static int SkipWhiteSpaceCore(ReadOnlySpan<byte> json, int position)
    {
        while ((uint)position < (uint)json.Length && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            position++;
        }

        return position;
    }

    // The position of the next quotation mark, backslash or control character; the length if there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlainCharacters(ReadOnlySpan<byte> json, int position)
    {
        if (Vector128.IsHardwareAccelerated)
        {
            ref var start = ref MemoryMarshal.GetReference(json);
            while (position <= json.Length - Vector128<byte>.Count)
            {
                var block = Vector128.LoadUnsafe(ref start, (nuint)position);
                var ends = Vector128.Equals(block, Vector128.Create((byte)'"'))
                    | Vector128.Equals(block, Vector128.Create((byte)'\\'))
                    | Vector128.LessThan(block, Vector128.Create((byte)' '));
                var mask = ends.ExtractMostSignificantBits();
                if (mask != 0)
                {
                    return position + BitOperations.TrailingZeroCount(mask);
                }

                position += Vector128<byte>.Count;
            }
        }

        while ((uint)position < (uint)json.Length && json[position] is not ((byte)'"' or (byte)'\\' or < (byte)' '))
        {
            position++;
        }

        return position;
    }

    private static int EndOfEscapedString(ReadOnlySpan<byte> json, int position)
    {
        while ((uint)position < (uint)json.Length)
        {
            switch (json[position])
            {
                case (byte)'"':
                    return position;
                case (byte)'\\':
                    position = EndOfEscape(json, position);
                    break;
                default:
                    return Malformed;
            }

            if (position < 0)
            {
                return Malformed;
            }

            position = PlainCharacters(json, position);
        }

        return Malformed;
    }

    private static int EndOfEscape(ReadOnlySpan<byte> json, int position)
    {
        if (position + 1 >= json.Length)
        {
            return Malformed;
        }

        switch (json[position + 1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                return position + 2;
            case (byte)'u' when position + 6 <= json.Length:
                var digits = json.Slice(position + 2, 4);
                return IsHex(digits[0]) && IsHex(digits[1]) && IsHex(digits[2]) && IsHex(digits[3]) ? position + 6 : Malformed;
            default:
                return Malformed;
        }
    }

    private static bool IsHex(byte value) => char.IsAsciiHexDigit((char)value);

    private static int Digits(ReadOnlySpan<byte> json, int position)
    {
        var start = position;
        while ((uint)position < (uint)json.Length && (uint)(json[position] - '0') <= 9)
        {
            position++;
        }

        return position == start ? Malformed : position;
    }
}
