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

    private static readonly SearchValues<char> Breaks = SearchValues.Create("\r\n\0");

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._:[]");

    /// <summary>Tells whether a value can name a host, with or without a port.</summary>
    public static bool IsHost(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(HostCharacters);

    public static bool IsLegal(string text) => !text.AsSpan().ContainsAnyExcept(Legal);

    /// <summary>Makes a value legal that goes to a backend: line breaks and NUL become spaces; UTF-8 passes.</summary>
    public static string ForBackend(string value)
    {
        if (!value.AsSpan().ContainsAny(Breaks))
        {
            return value;
        }

        return string.Create(value.Length, value, static (target, source) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                target[i] = Breaks.Contains(source[i]) ? ' ' : source[i];
            }
        }).Trim();
    }

    /// <summary>Makes a value legal that goes to the client: the text itself, or with all that is not legal as percent-encoded UTF-8.</summary>
    public static string ForClient(string value)
    {
        if (IsLegal(value))
        {
            return value;
        }

        var encoded = new StringBuilder(value.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(value))
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
