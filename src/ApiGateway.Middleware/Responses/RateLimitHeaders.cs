using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Responses;

/// <summary>Tells clients of limits by caller. Source: draft-ietf-httpapi-ratelimit-headers-10, and RFC 9110 10.2.3.</summary>
internal static class RateLimitHeaders
{
    private const int StackLength = 512;

    // The name and its quotation marks apart: separators, and two numbers of structured fields.
    private const int NumbersLength = 50;

    /// <summary>The largest number of structured fields (RFC 9651 3.3.1).</summary>
    private const double MaxInteger = 999_999_999_999_999;

    /// <summary>Tells whether a field is the gateway's where a method has limits that answers tell of.</summary>
    public static bool Contain(string name) =>
        name.Equals(HeaderNames.RateLimit, StringComparison.OrdinalIgnoreCase)
        || name.Equals(HeaderNames.RateLimitPolicy, StringComparison.OrdinalIgnoreCase);

    /// <summary>Adds the policies, and of each limit that was asked what it has left: whole tokens, and the seconds until it is full.</summary>
    public static void Add(GatewayContext context, RateLimitPlans plans)
    {
        var headers = context.Http.Response.Headers;
        headers[HeaderNames.RateLimitPolicy] = plans.Policy;
        var length = 0;
        foreach (var limit in plans.Limits)
        {
            length += limit.Name.Length + NumbersLength;
        }

        var text = length <= StackLength ? stackalloc char[StackLength] : new char[length];
        var end = 0;
        var uses = context.RateLimits;
        for (var i = 0; i < uses.Length; i++)
        {
            var limit = plans.Limits[i];
            if (!limit.HasHeaders)
            {
                continue;
            }

            var level = uses[i].Level == RateLimitUse.NotAsked ? default : context.Throttle.Levels[uses[i].Level];
            var remaining = limit.CountsInFlight ? uses[i].Remaining : level.Limit is null ? double.NaN : level.Remaining;
            if (!double.IsNaN(remaining))
            {
                end += Write(text[end..], end > 0, limit.Name, remaining, limit.CountsInFlight ? null : level.FullAfter.TotalSeconds);
            }
        }

        if (end > 0)
        {
            headers[HeaderNames.RateLimit] = text[..end].ToString();
        }
    }

    /// <summary>Adds how many whole seconds to wait, at least 1; nothing if waiting is of no use.</summary>
    public static void AddRetryAfter(GatewayContext context, TimeSpan wait)
    {
        if (wait < TimeSpan.MaxValue)
        {
            context.Http.Response.Headers.RetryAfter = Math.Max(1, Whole(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static int Write(Span<char> target, bool isNext, string name, double remaining, double? fullAfter)
    {
        // What a double is short of a whole token by is not worth one.
        const double Tolerance = 1e-6;

        var rest = target;
        if (isNext)
        {
            ", ".CopyTo(rest);
            rest = rest[2..];
        }

        rest.TryWrite(CultureInfo.InvariantCulture, $"\"{name}\";r={(long)Math.Clamp(Math.Floor(remaining + Tolerance), 0, MaxInteger)}", out var length);
        rest = rest[length..];
        if (fullAfter is { } seconds)
        {
            rest.TryWrite(CultureInfo.InvariantCulture, $";t={Whole(seconds)}", out length);
            rest = rest[length..];
        }

        return target.Length - rest.Length;
    }

    // A fraction that is no more than an error of doubles is no second.
    private static long Whole(double seconds)
    {
        const double Tolerance = 1e-6;
        return (long)Math.Clamp(Math.Ceiling(seconds - Tolerance), 0, MaxInteger);
    }
}
