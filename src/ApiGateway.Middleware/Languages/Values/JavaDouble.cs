using System.Globalization;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>Prints doubles as Java does: <c>1.0</c>, <c>0.001</c>, <c>1.0E7</c>, <c>1.5E-4</c>.</summary>
internal static class JavaDouble
{
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
        }

        var sign = double.IsNegative(value) ? "-" : string.Empty;
        var magnitude = Math.Abs(value);
        if (magnitude == 0)
        {
            return sign + "0.0";
        }

        // The value is 0.digits times ten to the point.
        Span<char> buffer = stackalloc char[32];
        var digits = Digits(magnitude, buffer, out var point);

        if (magnitude is < 1e-3 or >= 1e7)
        {
            var fraction = digits.Length > 1 ? digits[1..] : "0";
            return $"{sign}{digits[0]}.{fraction}E{(point - 1).ToString(CultureInfo.InvariantCulture)}";
        }

        if (point <= 0)
        {
            return $"{sign}0.{new string('0', -point)}{digits}";
        }

        return point >= digits.Length
            ? $"{sign}{digits}{new string('0', point - digits.Length)}.0"
            : $"{sign}{digits[..point]}.{digits[point..]}";
    }

    /// <summary>Returns the shortest digits that round-trip, without zeros at either end.</summary>
    private static ReadOnlySpan<char> Digits(double magnitude, Span<char> buffer, out int point)
    {
        magnitude.TryFormat(buffer, out var length, "E16", CultureInfo.InvariantCulture);
        point = 1 + int.Parse(
            buffer[(buffer[..length].IndexOf('E') + 1)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        magnitude.TryFormat(buffer, out length, "R", CultureInfo.InvariantCulture);
        var end = buffer[..length].IndexOf('E');

        var count = 0;
        foreach (var c in buffer[..(end < 0 ? length : end)])
        {
            if (char.IsAsciiDigit(c) && (c != '0' || count > 0))
            {
                buffer[count++] = c;
            }
        }

        return buffer[..count].TrimEnd('0');
    }
}
