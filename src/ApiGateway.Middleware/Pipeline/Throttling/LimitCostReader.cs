using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Throttling;

/// <summary>Reads from a header how many tokens a request takes.</summary>
internal static class LimitCostReader
{
    /// <summary>Gets the whole number that the first value is; 1 if there is none, or it is something else.</summary>
    public static int Of(in StringValues values)
    {
        var text = (values.Count > 0 ? values[0] : null).AsSpan().Trim();
        return text.IsEmpty || text.ContainsAnyExceptInRange('0', '9') ? 1
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var cost) ? cost
            : int.MaxValue;
    }
}
