using System.Globalization;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Decimal numbers as policies write them.</summary>
internal static class PolicyNumber
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static bool TryParse(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out number);
}
