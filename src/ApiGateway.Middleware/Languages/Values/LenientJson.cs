using System.Buffers;
using System.Buffers.Text;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Reads one number of a JSON object whose names need no quotation marks.</summary>
internal static class LenientJson
{
    private const int MaxDepth = 64;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n,:{}[]\""u8);

    /// <summary>Finds the integer of a member; of members with one name the last counts.</summary>
    /// <param name="json">The text.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="value">Its value.</param>
    /// <returns><see langword="false"/> if the text is no object, or has no such member, or it is no integer.</returns>
    public static bool TryGetInteger(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member, out int value)
    {
        value = 0;
        var rest = Skip(ValueReader.WithoutMark(json));
        if (!TryTake(ref rest, (byte)'{'))
        {
            return false;
        }

        var isFound = false;
        while (!TryTake(ref rest, (byte)'}'))
        {
            if (!TryReadName(ref rest, out var name) || !TryTake(ref rest, (byte)':'))
            {
                return false;
            }

            if (name.SequenceEqual(member))
            {
                isFound = TryReadInteger(rest, out value);
            }

            if (!TrySkipValue(ref rest) || !(TryTake(ref rest, (byte)',') || rest is [(byte)'}', ..]))
            {
                return false;
            }
        }

        return isFound && rest.IsEmpty;
    }

    private static bool TryReadName(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (rest is [(byte)'"', ..])
        {
            var length = TextLength(rest);
            if (length < 0)
            {
                return false;
            }

            name = rest[1..(length - 1)];
            rest = Skip(rest[length..]);
            return true;
        }

        var end = 0;
        while (end < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[end]) || rest[end] is (byte)'_' or (byte)'$' or (byte)'-'))
        {
            end++;
        }

        name = rest[..end];
        rest = Skip(rest[end..]);
        return end > 0;
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> rest, out int value) =>
        Utf8Parser.TryParse(rest, out value, out var length)
        && (length == rest.Length || " \t\r\n,}"u8.Contains(rest[length]));

    private static bool TrySkipValue(ref ReadOnlySpan<byte> rest)
    {
        var depth = 0;
        do
        {
            switch (rest)
            {
                case []:
                    return false;
                case [(byte)'"', ..]:
                    var length = TextLength(rest);
                    if (length < 0)
                    {
                        return false;
                    }

                    rest = Skip(rest[length..]);
                    break;
                case [(byte)'{' or (byte)'[', ..]:
                    depth++;
                    rest = Skip(rest[1..]);
                    break;
                case [(byte)'}' or (byte)']', ..] when depth > 0:
                    depth--;
                    rest = Skip(rest[1..]);
                    break;
                case [(byte)',' or (byte)':', ..] when depth > 0:
                    rest = Skip(rest[1..]);
                    break;
                default:
                    var end = rest.IndexOfAny(Ends);
                    end = end < 0 ? rest.Length : end;
                    if (end == 0)
                    {
                        return false;
                    }

                    rest = Skip(rest[end..]);
                    break;
            }
        }
        while (depth is > 0 and <= MaxDepth);

        return depth == 0;
    }

    // With both quotation marks; -1 if the second is missing.
    private static int TextLength(ReadOnlySpan<byte> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == (byte)'\\')
            {
                i++;
            }
            else if (rest[i] == (byte)'"')
            {
                return i + 1;
            }
        }

        return -1;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> rest, byte character)
    {
        if (rest.IsEmpty || rest[0] != character)
        {
            return false;
        }

        rest = Skip(rest[1..]);
        return true;
    }

    private static ReadOnlySpan<byte> Skip(ReadOnlySpan<byte> rest) => rest.TrimStart(" \t\r\n"u8);
}
