using System.Globalization;

namespace ApiGateway.Middleware.Context;

/// <summary>The statuses in digits, so that selecting a response by its status makes no string.</summary>
internal static class StatusTexts
{
    private const int First = 100;

    private static readonly string[] Texts = [.. Enumerable.Range(First, 900).Select(static status => status.ToString(CultureInfo.InvariantCulture))];

    public static string Of(int status) =>
        status >= First && status < First + Texts.Length ? Texts[status - First] : status.ToString(CultureInfo.InvariantCulture);
}
