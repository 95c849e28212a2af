using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Responses;

/// <summary>The headers that let browsers hand answers to scripts of other origins. All their values exist already.</summary>
internal static class CorsHeaders
{
    private const string Prefix = "Access-Control-";

    /// <summary>Adds the headers of any answer but that to a preflight; none for an origin that is not allowed.</summary>
    public static void Add(HttpContext http, CorsPlan plan)
    {
        if (AddOrigin(http, plan) && plan.ExposeHeaders is { } expose)
        {
            http.Response.Headers.AccessControlExposeHeaders = expose;
        }
    }

    /// <summary>Replaces what the application sets of these headers, when its answer starts.</summary>
    public static void ReplaceOnStart(HttpContext http, CorsPlan plan) => http.Response.OnStarting(
        static state =>
        {
            var (http, plan) = (StartingResponse)state;
            Replace(http, plan);
            return Task.CompletedTask;
        },
        new StartingResponse(http, plan));

    /// <summary>Adds the headers of the answer to a preflight; none for an origin that is not allowed.</summary>
    public static void AddPreflight(HttpContext http, CorsPlan plan, PreflightPlan preflight)
    {
        if (!AddOrigin(http, plan))
        {
            return;
        }

        var headers = http.Response.Headers;
        if (preflight.AllowMethods is { } methods)
        {
            headers.AccessControlAllowMethods = methods;
        }

        if (preflight.AllowHeaders is { } names)
        {
            headers.AccessControlAllowHeaders = names;
        }

        if (preflight.MaxAge is { } maxAge)
        {
            headers.AccessControlMaxAge = maxAge;
        }
    }

    /// <summary>Tells whether a header belongs to those that the gateway writes itself on account of <c>Cors</c>.</summary>
    public static bool Contain(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Tells caches that the answer depends on the origin, in addition to what it depends on already.</summary>
    public static void AddVary(IHeaderDictionary headers, CorsPlan plan)
    {
        // The answer to '*' is the same for all, and stands on every answer for that reason.
        if (!plan.AllowsAnyOrigin && !Names(headers.Vary, "Origin"))
        {
            headers.Vary = headers.Vary.Count == 0 ? "Origin" : StringValues.Concat(headers.Vary, "Origin");
        }
    }

    private static void Replace(HttpContext http, CorsPlan plan)
    {
        List<string>? foreign = null;
        foreach (var (name, _) in http.Response.Headers)
        {
            if (Contain(name))
            {
                (foreign ??= []).Add(name);
            }
        }

        foreach (var name in foreign ?? [])
        {
            http.Response.Headers.Remove(name);
        }

        Add(http, plan);
    }

    private static bool AddOrigin(HttpContext http, CorsPlan plan)
    {
        var headers = http.Response.Headers;
        var isAllowed = plan.TryAllow(http.Request.Headers.Origin, out var origin);
        if (isAllowed || !plan.NeedsOrigin)
        {
            AddVary(headers, plan);
        }

        if (!isAllowed)
        {
            return false;
        }

        headers.AccessControlAllowOrigin = origin;
        if (plan.AllowCredentials)
        {
            headers.AccessControlAllowCredentials = "true";
        }

        return true;
    }

    private static bool Names(in StringValues lines, string name)
    {
        foreach (var line in lines)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                if (line.AsSpan(range).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private sealed record StartingResponse(HttpContext Http, CorsPlan Plan);
}
