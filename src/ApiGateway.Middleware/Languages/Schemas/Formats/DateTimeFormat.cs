namespace ApiGateway.Middleware.Languages.Schemas.Formats;

/// <summary>Dates and times of RFC 3339.</summary>
internal static class DateTimeFormat
{
    private const int DateLength = 10;

    public static bool IsDateTime(ReadOnlySpan<byte> text) =>
        text.Length > DateLength && (text[DateLength] | 0x20) == 't'
        && IsDate(text[..DateLength]) && IsTime(text[(DateLength + 1)..]);

    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == DateLength && text[4] == '-' && text[7] == '-'
        && TwoDigits(text, 0) is >= 0 and var century && TwoDigits(text, 2) is >= 0 and var year
        && TwoDigits(text, 5) is >= 1 and <= 12 and var month
        && TwoDigits(text, 8) is >= 1 and var day && day <= DaysInMonth((century * 100) + year, month);

    public static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':'
            || TwoDigits(text, 0) is not (>= 0 and <= 23 and var hour)
            || TwoDigits(text, 3) is not (>= 0 and <= 59 and var minute)
            || TwoDigits(text, 6) is not (>= 0 and <= 60 and var second))
        {
            return false;
        }

        text = text[8..];
        if (text[0] == '.')
        {
            var end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (end < 1)
            {
                return false;
            }

            text = text[(end + 1)..];
        }

        // A leap second ends a UTC day.
        return TryOffset(text, out var offset) && (second < 60 || ((hour * 60) + minute - offset + (2 * 1440)) % 1440 == 1439);
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return (text[0] | 0x20) == 'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || TwoDigits(text, 1) is not (>= 0 and <= 23 and var hours)
            || TwoDigits(text, 4) is not (>= 0 and <= 59 and var rest))
        {
            return false;
        }

        minutes = (hours * 60) + rest;
        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    // -1 if they are no digits.
    private static int TwoDigits(ReadOnlySpan<byte> text, int position)
    {
        var tens = text[position] - '0';
        var ones = text[position + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -1;
    }
}
