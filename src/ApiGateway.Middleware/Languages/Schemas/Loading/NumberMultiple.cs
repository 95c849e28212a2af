using System.Text;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>A <c>multipleOf</c> of up to 18 significant digits, applied exactly to numbers of any size.</summary>
internal sealed class NumberMultiple
{
    private const int MaxDigits = 18;

    // The divisor is _digits * 10^_exponent.
    private readonly ulong _digits;
    private readonly long _exponent;

    private NumberMultiple(string text, JsonNumber number)
    {
        Text = text;
        _digits = number.DigitsModulo(ulong.MaxValue);
        _exponent = number.Scale - number.Count;
        Whole = number.IsInteger && number.TryGetFloor(out var whole) ? whole : 0;
    }

    /// <summary>Gets the number as the schema has it.</summary>
    public string Text { get; }

    /// <summary>Gets the divisor if it is a whole number of up to 18 digits, else 0.</summary>
    public long Whole { get; }

    /// <summary>The divisor, or <see langword="null"/> if it is not above zero or has too many digits.</summary>
    public static NumberMultiple? Create(string text)
    {
        var number = new JsonNumber(Encoding.UTF8.GetBytes(text));
        return number.IsZero || number.IsNegative || number.Count > MaxDigits ? null : new NumberMultiple(text, number);
    }

    public bool Divides(JsonNumber value)
    {
        if (value.IsZero)
        {
            return true;
        }

        // The digits of a value end in no zero, so no power of ten can divide them.
        var power = value.Scale - value.Count - _exponent;
        return power >= 0
            && (ulong)((UInt128)value.DigitsModulo(_digits) * PowerOfTen(power, _digits) % _digits) == 0;
    }

    private static ulong PowerOfTen(long power, ulong modulus)
    {
        UInt128 result = 1 % modulus;
        UInt128 factor = 10 % modulus;
        for (; power > 0; power >>= 1)
        {
            if ((power & 1) != 0)
            {
                result = result * factor % modulus;
            }

            factor = factor * factor % modulus;
        }

        return (ulong)result;
    }
}
