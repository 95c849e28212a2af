using System.Globalization;
using System.Text.RegularExpressions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Reads an allowed origin, and writes it as browsers do: lower case, without the port that the scheme implies (RFC 6454 6.2).</summary>
internal static partial class CorsOrigin
{
    /// <summary>Reads <c>https://shop.example.com:8443</c>, or <c>https://*.example.com</c>.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="origin">The origin as browsers write it.</param>
    /// <param name="star">Where the star is in <paramref name="origin"/>, or -1.</param>
    public static bool TryParse(string text, out string origin, out int star)
    {
        origin = "";
        star = -1;
        var match = Form.Match(text);
        if (!match.Success)
        {
            return false;
        }

        var scheme = match.Groups["scheme"].Value.ToLowerInvariant();
        var port = match.Groups["port"].Value;
        if (port.Length > 0)
        {
            var number = int.Parse(port, NumberStyles.None, CultureInfo.InvariantCulture);
            if (number is < 1 or > ushort.MaxValue)
            {
                return false;
            }

            port = (scheme, number) is ("http", 80) or ("https", 443) ? "" : string.Create(CultureInfo.InvariantCulture, $":{number}");
        }

        origin = $"{scheme}://{match.Groups["host"].Value.ToLowerInvariant()}{port}";
        star = origin.IndexOf('*', StringComparison.Ordinal);
        return true;
    }

    // Other schemes than http exist: applications in web views have their own.
    [GeneratedRegex(
        @"^(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<host>(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])(?::(?<port>[0-9]{1,5}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form { get; }
}
