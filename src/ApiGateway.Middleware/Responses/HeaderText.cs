using System.Buffers;
using System.Globalization;
using System.Text;

namespace ApiGateway.Middleware.Responses;

/// <summary>Makes header values of data that may hold anything.</summary>
internal static class HeaderText
{
    // RFC 9110 5.5: visible characters, space and tab. A line break would begin a header of the caller's choice.
    private static readonly SearchValues<char> Legal = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(static c => (char)c), '\t']);

    public static bool IsLegal(string text) => !text.AsSpan().ContainsAnyExcept(Legal);

    /// <summary>Gets the text itself if it is legal, and else with all that is not as percent-encoded UTF-8.</summary>
    public static string Of(string text)
    {
        if (IsLegal(text))
        {
            return text;
        }

        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (Legal.Contains((char)b))
            {
                encoded.Append((char)b);
            }
            else
            {
                encoded.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
