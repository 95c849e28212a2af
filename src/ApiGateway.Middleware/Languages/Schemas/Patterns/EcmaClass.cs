using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Languages.Schemas.Patterns;

/// <summary>A character class of ECMA 262, split into what one UTF-16 unit can say and what needs a pair of them.</summary>
/// <param name="Negated">Whether the class begins with <c>^</c>.</param>
/// <param name="Units">Members for a .NET class, without brackets.</param>
/// <param name="Pairs">Alternatives outside the basic plane.</param>
internal sealed record EcmaClass(bool Negated, string Units, string Pairs)
{
    /// <summary>Reads a class whose opening bracket was just passed.</summary>
    public static EcmaClass? Read(ReadOnlySpan<char> source, ref int position, out string error)
    {
        error = "";
        var negated = position < source.Length && source[position] == '^';
        position += negated ? 1 : 0;

        var units = new StringBuilder();
        var pairs = new StringBuilder();
        while (position < source.Length && source[position] != ']')
        {
            if (ReadMembers(source, ref position, units, out error))
            {
                continue;
            }

            if (error.Length > 0)
            {
                return null;
            }

            var first = ReadCharacter(source, ref position);
            var last = first;
            if (position + 1 < source.Length && source[position] == '-' && source[position + 1] != ']'
                && !IsClassEscape(source, position + 1))
            {
                position++;
                last = ReadCharacter(source, ref position);
            }

            if (last < first)
            {
                error = "a range in a character class is in reverse order";
                return null;
            }

            Append(first, last, units, pairs);
        }

        if (position >= source.Length)
        {
            error = "a character class has no closing bracket";
            return null;
        }

        position++;
        return new EcmaClass(negated, units.ToString(), pairs.ToString());
    }

    private static bool ReadMembers(ReadOnlySpan<char> source, ref int position, StringBuilder units, out string error)
    {
        error = "";
        if (source[position] != '\\' || position + 1 >= source.Length)
        {
            return false;
        }

        var next = position + 1;
        if (!EcmaEscape.ReadClass(source, ref next, out var members, out error))
        {
            return false;
        }

        position = next;
        units.Append(members);
        return true;
    }

    private static bool IsClassEscape(ReadOnlySpan<char> source, int position) =>
        source[position] == '\\' && position + 1 < source.Length
        && "dDwWsSpP".Contains(source[position + 1], StringComparison.Ordinal);

    private static int ReadCharacter(ReadOnlySpan<char> source, ref int position)
    {
        var c = source[position++];
        if (c == '\\' && position < source.Length)
        {
            if (source[position] == 'b')
            {
                position++;
                return '\b';
            }

            return EcmaEscape.ReadCharacter(source, ref position);
        }

        return char.IsHighSurrogate(c) && position < source.Length && char.IsLowSurrogate(source[position])
            ? char.ConvertToUtf32(c, source[position++])
            : c;
    }

    private static void Append(int first, int last, StringBuilder units, StringBuilder pairs)
    {
        if (first <= char.MaxValue)
        {
            units.Append(CultureInfo.InvariantCulture, $"\\u{first:x4}-\\u{Math.Min(last, char.MaxValue):x4}");
        }

        if (last > char.MaxValue)
        {
            AppendPairs(Math.Max(first, char.MaxValue + 1), last, pairs);
        }
    }

    private static void AppendPairs(int first, int last, StringBuilder pairs)
    {
        var (firstHigh, firstLow) = Split(first);
        var (lastHigh, lastLow) = Split(last);
        if (firstHigh == lastHigh)
        {
            AppendPair(firstHigh, lastHigh, firstLow, lastLow, pairs);
            return;
        }

        AppendPair(firstHigh, firstHigh, firstLow, 0xDFFF, pairs);
        if (lastHigh - firstHigh > 1)
        {
            AppendPair(firstHigh + 1, lastHigh - 1, 0xDC00, 0xDFFF, pairs);
        }

        AppendPair(lastHigh, lastHigh, 0xDC00, lastLow, pairs);
    }

    private static (int High, int Low) Split(int codePoint) =>
        (0xD800 + ((codePoint - 0x10000) >> 10), 0xDC00 + ((codePoint - 0x10000) & 0x3FF));

    private static void AppendPair(int firstHigh, int lastHigh, int firstLow, int lastLow, StringBuilder pairs) =>
        pairs.Append(pairs.Length == 0 ? "" : "|")
            .Append(CultureInfo.InvariantCulture, $"[\\u{firstHigh:x4}-\\u{lastHigh:x4}][\\u{firstLow:x4}-\\u{lastLow:x4}]");
}
