using System.Globalization;

namespace ApiGateway.Middleware.Languages.Values;

/// <summary>A number of a JSON text that is no 64-bit integer. Prints as it was spelled.</summary>
internal sealed class NumberText(string text)
{
    public string Text { get; } = text;

    public double Value { get; } = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
