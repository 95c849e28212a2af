using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>The part of Java's format texts that templates use: <c>%[flags][width][.precision]</c> and one of s, d, f, x, X, b, c, n, %.</summary>
internal static class JavaFormat
{
    private const int MaxWidth = 1000;

    public static string Format(string format, ReadOnlySpan<Value> arguments, RenderContext context)
    {
        var result = new StringBuilder();
        var next = 0;

        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            var start = ++i;
            var flags = Take(format, ref i, "-+ 0,");
            var width = TakeNumber(format, ref i);
            var precision = -1;
            if (i < format.Length && format[i] == '.')
            {
                i++;
                precision = TakeNumber(format, ref i);
            }

            if (i >= format.Length || width > MaxWidth || precision > MaxWidth)
            {
                throw new TemplateRenderException($"'%{format[start..Math.Min(i, format.Length)]}' is no format.");
            }

            var conversion = format[i];
            var value = conversion is '%' or 'n' ? default : Next(arguments, ref next);
            var text = Convert(conversion, value, flags, precision);
            result.Append(Pad(text, flags, width, conversion));
            context.StepText(text.Length);
        }

        return result.ToString();
    }

    private static ReadOnlySpan<char> Take(string format, ref int i, string allowed)
    {
        var start = i;
        while (i < format.Length && allowed.Contains(format[i], StringComparison.Ordinal))
        {
            i++;
        }

        return format.AsSpan(start, i - start);
    }

    private static int TakeNumber(string format, ref int i)
    {
        var digits = Take(format, ref i, "0123456789");
        return digits.IsEmpty ? -1 : int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
    }

    private static Value Next(ReadOnlySpan<Value> arguments, ref int next) => next < arguments.Length
        ? arguments[next++]
        : throw new TemplateRenderException("A format has more placeholders than arguments.");

    private static string Convert(char conversion, Value value, ReadOnlySpan<char> flags, int precision)
    {
        switch (conversion)
        {
            case '%':
                return "%";
            case 'n':
                return "\n";
            case 's' or 'c':
                var text = value.IsNull ? "null" : value.ToText();
                return precision >= 0 && precision < text.Length ? text[..precision] : text;
            case 'b':
                return value.IsTruthy ? "true" : "false";
            case 'd' when value.IsInteger:
                var digits = flags.Contains(',')
                    ? value.Integer.ToString("N0", CultureInfo.InvariantCulture)
                    : value.Integer.ToString(CultureInfo.InvariantCulture);
                return flags.Contains('+') && value.Integer >= 0 ? "+" + digits : digits;
            case 'f' when value.IsNumber:
                var pattern = (flags.Contains(',') ? "N" : "F") + (precision < 0 ? 6 : precision).ToString(CultureInfo.InvariantCulture);
                var number = RoundHalfUp(value.Double, precision < 0 ? 6 : precision).ToString(pattern, CultureInfo.InvariantCulture);
                return flags.Contains('+') && value.Double >= 0 ? "+" + number : number;
            case 'x' when value.IsInteger:
                return value.Integer.ToString("x", CultureInfo.InvariantCulture);
            case 'X' when value.IsInteger:
                return value.Integer.ToString("X", CultureInfo.InvariantCulture);
            default:
                throw new TemplateRenderException($"'%{conversion}' cannot format this value.");
        }
    }

    // Java rounds halves away from zero. Beyond the range of decimal there are no digits to round.
    private static double RoundHalfUp(double value, int precision) => Math.Abs(value) < 1e15 && precision <= 12
        ? (double)Math.Round((decimal)value, precision, MidpointRounding.AwayFromZero)
        : value;

    private static string Pad(string text, ReadOnlySpan<char> flags, int width, char conversion)
    {
        if (text.Length >= width)
        {
            return text;
        }

        if (flags.Contains('-'))
        {
            return text.PadRight(width);
        }

        if (!flags.Contains('0') || conversion is 's' or 'c' or 'b')
        {
            return text.PadLeft(width);
        }

        return text[0] is '-' or '+' ? text[0] + text[1..].PadLeft(width - 1, '0') : text.PadLeft(width, '0');
    }
}
