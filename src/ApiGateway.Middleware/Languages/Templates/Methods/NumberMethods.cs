using System.Globalization;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>Methods of numbers, those of Java's Integer and Double that templates reach through a number among them.</summary>
internal static class NumberMethods
{
    public static Value Call(Value receiver, in TemplateCall call)
    {
        switch (call.Method)
        {
            case TemplateMethod.IntValue:
                receiver.TryGetInteger(out var number);
                return Value.Of((long)(receiver.IsInteger ? (int)number : (int)Math.Clamp(number, int.MinValue, int.MaxValue)));
            case TemplateMethod.LongValue:
                receiver.TryGetInteger(out number);
                return Value.Of(number);
            case TemplateMethod.DoubleValue or TemplateMethod.FloatValue:
                return Value.Of(receiver.Double);
            case TemplateMethod.CompareTo when call.Argument(0).IsNumber:
                return Value.Of((long)ValueComparer.CompareNumbers(receiver, call.Argument(0)));
            case TemplateMethod.HashCode:
                receiver.TryGetInteger(out number);
                return Value.Of((long)(int)(number ^ (number >>> 32)));
            case TemplateMethod.ParseInt or TemplateMethod.ParseLong:
                return ParseInteger(call);
            case TemplateMethod.ParseDouble:
                return ParseDouble(call);
            case TemplateMethod.ValueOf when call.Argument(0).IsText:
                return receiver.IsInteger ? ParseInteger(call) : ParseDouble(call);
            default:
                return ValueMethods.CallCommon(receiver, call);
        }
    }

    private static Value ParseInteger(in TemplateCall call)
    {
        var text = call.Text(0);
        var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && (call.Method != TemplateMethod.ParseInt || number is >= int.MinValue and <= int.MaxValue);
        return isNumber ? Value.Of(number) : throw NotANumber(call);
    }

    private static Value ParseDouble(in TemplateCall call) =>
        double.TryParse(call.Text(0).AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Value.Of(number)
            : throw NotANumber(call);

    private static TemplateRenderException NotANumber(in TemplateCall call)
    {
        var text = call.Text(0);
        return new($"'{call.Name}' needs a number, but is given '{(text.Length > 40 ? text[..40] : text)}'.");
    }
}
