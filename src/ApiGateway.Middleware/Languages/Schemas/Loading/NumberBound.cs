using System.Text;
using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>A <c>minimum</c> or <c>maximum</c>, of any size and precision.</summary>
internal sealed class NumberBound(string text, bool exclusive)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

    /// <summary>Gets the number as the schema has it.</summary>
    public string Text { get; } = text;

    public bool IsExclusive { get; } = exclusive;

    public JsonNumber Number => new(_utf8);

    public bool AllowsAsMinimum(JsonNumber value) => value.ComparedTo(Number) >= (IsExclusive ? 1 : 0);

    public bool AllowsAsMaximum(JsonNumber value) => value.ComparedTo(Number) <= (IsExclusive ? -1 : 0);

    /// <summary>The smallest whole number of up to 18 digits that this minimum allows.</summary>
    public long FirstWhole()
    {
        var number = Number;
        return !number.TryGetFloor(out var floor) ? (number.IsNegative ? long.MinValue : long.MaxValue)
            : number.IsInteger && !IsExclusive ? floor
            : floor + 1;
    }

    /// <summary>The largest whole number of up to 18 digits that this maximum allows.</summary>
    public long LastWhole()
    {
        var number = Number;
        return !number.TryGetFloor(out var floor) ? (number.IsNegative ? long.MinValue : long.MaxValue)
            : number.IsInteger && IsExclusive ? floor - 1
            : floor;
    }
}
