using System.Globalization;

namespace ApiGateway.Middleware.Languages.Policies.Conditions;

/// <summary>Instants as policies write them: seconds since 1970, or a profile of ISO 8601 (W3C note on date and time formats).</summary>
internal static class PolicyDate
{
    private const int MaxFractionDigits = 7;
    private const int MaxLength = 40;

    // A date alone is midnight of UTC. A time without a zone would be a guess, so TryParse refuses it before.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads an instant as ticks of UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return TryFromSeconds(seconds, out ticks);
        }

        ticks = 0;
        if (text.Contains('T') && !HasZone(text))
        {
            return false;
        }

        Span<char> shortened = stackalloc char[MaxLength];
        var length = Shorten(text, shortened);
        if (!DateTimeOffset.TryParseExact(shortened[..length], Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
        {
            return false;
        }

        ticks = instant.UtcTicks;
        return true;
    }

    /// <summary>Seconds since 1970 as ticks of UTC; <see langword="false"/> outside the years 1 to 9999.</summary>
    public static bool TryFromSeconds(long seconds, out long ticks)
    {
        ticks = 0;
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return false;
        }

        ticks = DateTimeOffset.UnixEpoch.UtcTicks + (seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    // Digits beyond the clock's own are cut off: they cannot make a difference.
    private static int Shorten(ReadOnlySpan<char> text, Span<char> shortened)
    {
        var kept = text.Length;
        var end = text.Length;
        if (text.IndexOf('.') is var point and >= 0)
        {
            end = point + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }

            if (end == point + 1)
            {
                return 0;
            }

            kept = Math.Min(end, point + 1 + MaxFractionDigits);
        }

        var rest = text[end..];
        if (kept + rest.Length > shortened.Length)
        {
            return 0;
        }

        text[..kept].CopyTo(shortened);
        rest.CopyTo(shortened[kept..]);
        return kept + rest.Length;
    }

    private static bool HasZone(ReadOnlySpan<char> text) =>
        text[^1] == 'Z' || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
}
