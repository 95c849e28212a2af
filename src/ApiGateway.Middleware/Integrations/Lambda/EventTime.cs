using System.Buffers.Text;
using System.Globalization;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Times as events have them.</summary>
internal static class EventTime
{
    private const string Format = "dd/MMM/yyyy:HH:mm:ss +0000";
    private const int LongestNumber = 20;

    /// <summary>Writes a time in UTC, such as <c>09/Apr/2024:12:34:56 +0000</c>.</summary>
    public static void WriteText(PooledBufferWriter target, DateTimeOffset time)
    {
        time.UtcDateTime.TryFormat(target.GetSpan(Format.Length), out var written, Format, CultureInfo.InvariantCulture);
        target.Advance(written);
    }

    /// <summary>Writes milliseconds since 1970.</summary>
    public static void WriteEpoch(PooledBufferWriter target, DateTimeOffset time)
    {
        Utf8Formatter.TryFormat(time.ToUnixTimeMilliseconds(), target.GetSpan(LongestNumber), out var written);
        target.Advance(written);
    }
}
