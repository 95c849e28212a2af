using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Decides by its head whether an answer is kept, and how long.</summary>
internal static class StorageRules
{
    // No longer than a definition could say.
    private const int LongestSeconds = 3_600;

    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"];

    /// <summary>Decides.</summary>
    /// <param name="context">The request, as the integration has seen it.</param>
    /// <param name="plan">The cache.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="headers">The answer's headers.</param>
    /// <param name="now">The time.</param>
    /// <returns>How long it is kept, or the default to keep nothing.</returns>
    public static StorageTime Decide(GatewayContext context, CachePlan plan, int status, IHeaderDictionary headers, DateTimeOffset now)
    {
        if (IsOfThisRequestAlone(context.Http.Request.Headers, plan.Key, status, headers) || (plan.IsSafe && IsUnsafe(context, plan, status, headers)))
        {
            return default;
        }

        var lifetime = plan.Policy.Lifetimes.Of(status) ?? plan.Lifetime;
        return plan.Policy.HonorsCacheControl ? Honored(plan, lifetime, headers, now) : TimeOf(plan, lifetime, TimeSpan.Zero, isStaleUseful: true);
    }

    // What a header has caused that is not in the key: a part of the answer, or none, or a coding that others do not understand.
    private static bool IsOfThisRequestAlone(IHeaderDictionary request, CacheKeyPlan key, int status, IHeaderDictionary headers)
    {
        var hasRange = request.Range.Count > 0 && !key.HasHeader("Range");
        return status < StatusCodes.Status200OK
            || (hasRange && (status is StatusCodes.Status206PartialContent or StatusCodes.Status416RangeNotSatisfiable || headers.ContentRange.Count > 0))
            || (status is StatusCodes.Status304NotModified or StatusCodes.Status412PreconditionFailed && HasCondition(request, key))
            || (headers.ContentEncoding.Count > 0 && request.AcceptEncoding.Count > 0 && !key.HasHeader("Accept-Encoding"));
    }

    private static bool HasCondition(IHeaderDictionary request, CacheKeyPlan key)
    {
        foreach (var name in Conditions)
        {
            if (request.ContainsKey(name) && !key.HasHeader(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUnsafe(GatewayContext context, CachePlan plan, int status, IHeaderDictionary headers) =>
        headers.SetCookie.Count > 0
        || (status >= StatusCodes.Status400BadRequest && plan.Policy.Lifetimes.Of(status) is null)
        || status is StatusCodes.Status206PartialContent or StatusCodes.Status304NotModified
        || IsForbidden(headers.CacheControl, plan)
        || Varies(context, plan, headers.Vary);

    private static bool IsForbidden(in StringValues cacheControl, CachePlan plan) =>
        cacheControl.Count > 0
        && (CacheDirectives.Has(cacheControl, "no-store") || CacheDirectives.Has(cacheControl, "no-cache")
            || (CacheDirectives.Has(cacheControl, "private") && !plan.Key.HasCaller));

    // Of headers that the integration did not get, the answer does not depend, whatever it says.
    private static bool Varies(GatewayContext context, CachePlan plan, in StringValues vary)
    {
        for (var i = 0; i < vary.Count; i++)
        {
            var line = vary[i].AsSpan();
            foreach (var range in line.Split(','))
            {
                var name = line[range].Trim();
                if (name is "*" || (!name.IsEmpty && VariesBy(context, plan, name.ToString())))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool VariesBy(GatewayContext context, CachePlan plan, string name) =>
        context.Http.Request.Headers.ContainsKey(name)
        && !plan.Key.HasHeader(name)
        && !(plan.Key.HasCaller && (IsNamed(name, "Authorization") || IsNamed(name, "Cookie")))
        && !(!plan.Key.HasCaller && IsNamed(name, "User-Agent"))
        && !(context.Api.Cors is not null && IsNamed(name, "Origin"));

    private static bool IsNamed(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static StorageTime Honored(CachePlan plan, TimeSpan lifetime, IHeaderDictionary headers, DateTimeOffset now)
    {
        var control = headers.CacheControl;
        if (IsForbidden(control, plan))
        {
            return default;
        }

        // RFC 9111 4.2.1: for a cache that many share, before for any, before a date.
        if (CacheDirectives.TryGetSeconds(control, "s-maxage", out var seconds) || CacheDirectives.TryGetSeconds(control, "max-age", out seconds))
        {
            lifetime = TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds));
        }
        else if (headers.Expires is [{ } expires])
        {
            // What is no date is one of the past (RFC 9111 5.3).
            lifetime = !TryDate(expires, out var end) ? TimeSpan.Zero
                : TimeSpan.FromSeconds(Math.Clamp((end - (TryDate(headers.Date.ToString(), out var date) ? date : now)).TotalSeconds, 0, LongestSeconds));
        }

        var age = int.TryParse(headers.Age.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var old) ? TimeSpan.FromSeconds(old) : TimeSpan.Zero;
        var isStaleUseful = !CacheDirectives.Has(control, "must-revalidate") && !CacheDirectives.Has(control, "proxy-revalidate")
            && !CacheDirectives.Has(control, "s-maxage");
        return TimeOf(plan, lifetime - age, age, isStaleUseful);
    }

    private static StorageTime TimeOf(CachePlan plan, TimeSpan lifetime, TimeSpan age, bool isStaleUseful)
    {
        if (lifetime <= TimeSpan.Zero)
        {
            return default;
        }

        var policy = plan.Policy;
        var stale = policy.StaleIfError > policy.StaleWhileRevalidate ? policy.StaleIfError : policy.StaleWhileRevalidate;
        return new StorageTime(lifetime, isStaleUseful ? lifetime + stale : lifetime, age);
    }

    private static bool TryDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(
            text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out date);
}
