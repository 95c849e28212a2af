using System.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Do we know the answer? Gives it, or keeps what the integration answers.</summary>
/// <remarks>Source: "Cache settings for REST APIs in API Gateway". Whatever guards the method has run before.</remarks>
/// <param name="next">The rest of the chain.</param>
/// <param name="responses">Refuses.</param>
/// <param name="cache">The answers.</param>
/// <param name="mayInvalidate">Tells whether a caller has the permission <c>execute-api:InvalidateCache</c>.</param>
/// <param name="metrics">Counts hits and misses.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Tells what failed.</param>
internal sealed partial class CachingMiddleware(
    GatewayDelegate next, GatewayResponseWriter responses, ResponseCache cache, Func<GatewayContext, bool> mayInvalidate, GatewayMetrics metrics,
    TimeProvider time, ILogger<CachingMiddleware> logger)
{
    private const int OnStack = 512;

    // Longer than any request line that servers take by default, with as many headers.
    private const int LongestKey = 32 * 1024;
    private const string Ignored = "199 Cache-control headers were ignored because the caller was unauthorized.";

    public Task InvokeAsync(GatewayContext context)
    {
        if (context.Route.Caching is not { } plan || !plan.Takes(context.Method))
        {
            return next(context);
        }

        var caller = plan.Key.HasCaller ? context.Caller?.Fingerprint : null;
        if ((plan.Key.HasCaller && caller is null) || CacheBypass.Applies(context, plan))
        {
            Diagnose(context, plan, "bypass");
            return next(context);
        }

        var asksAnew = AsksAnew(context);
        if (asksAnew && plan.GuardsInvalidation && !mayInvalidate(context))
        {
            if (plan.Unauthorized == UnauthorizedCacheControlStrategy.FailWith403)
            {
                return responses.RejectAsync(context, GatewayRefusal.InvalidationForbidden);
            }

            asksAnew = false;
            if (plan.Unauthorized == UnauthorizedCacheControlStrategy.SucceedWithResponseHeader)
            {
                context.Http.Response.Headers.Warning = Ignored;
            }
        }

        Span<char> buffer = stackalloc char[OnStack];
        var builder = new CacheKeyBuilder(buffer);
        RequestCacheKey.Write(context, plan.Key, caller, ref builder);
        return builder.TryGetKey(out var key) ? LookUp(context, plan, key, asksAnew) : LookUpLong(context, plan, caller, asksAnew);
    }

    // The one directive that asks for a new answer; 'no-cache' and 'Pragma' are not.
    private static bool AsksAnew(GatewayContext context)
    {
        var control = context.Http.Request.Headers.CacheControl;
        return control.Count > 0 && CacheDirectives.TryGetSeconds(control, "max-age", out var seconds) && seconds == 0;
    }

    private static void Diagnose(GatewayContext context, CachePlan plan, string what)
    {
        if (plan.Policy.DiagnosticHeader is { } name)
        {
            context.Http.Response.Headers[name] = what;
        }
    }

    private Task LookUpLong(GatewayContext context, CachePlan plan, string? caller, bool asksAnew)
    {
        var buffer = ArrayPool<char>.Shared.Rent(LongestKey);
        try
        {
            var builder = new CacheKeyBuilder(buffer);
            RequestCacheKey.Write(context, plan.Key, caller, ref builder);
            if (builder.TryGetKey(out var key))
            {
                return LookUp(context, plan, key, asksAnew);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }

        Diagnose(context, plan, "bypass");
        return next(context);
    }

    private Task LookUp(GatewayContext context, CachePlan plan, ReadOnlySpan<char> key, bool asksAnew)
    {
        if (asksAnew)
        {
            metrics.CacheMissed(context.Names);
            Diagnose(context, plan, "refresh");
            return FetchAsync(context, plan, key.ToString(), flight: null, stale: null);
        }

        var finding = cache.FindAsync(context, plan, key);
        if (!finding.IsCompletedSuccessfully)
        {
            return AwaitAsync(context, plan, key.ToString(), finding);
        }

        var found = finding.Result;
        return found is not null && cache.Now < found.FreshUntil ? Hit(context, plan, found, "hit") : MissAsync(context, plan, key.ToString(), found);
    }

    private async Task AwaitAsync(GatewayContext context, CachePlan plan, string key, ValueTask<CachedResponse?> finding)
    {
        var found = await finding;
        await (found is not null && cache.Now < found.FreshUntil ? Hit(context, plan, found, "hit") : MissAsync(context, plan, key, found));
    }

    private Task Hit(GatewayContext context, CachePlan plan, CachedResponse kept, string what)
    {
        metrics.CacheHit(context.Names);
        return Give(context, plan, kept, what);
    }

    private Task Give(GatewayContext context, CachePlan plan, CachedResponse kept, string what)
    {
        Diagnose(context, plan, what);
        var traceId = TraceOf(context, kept);
        TimeSpan? age = plan.Policy.HonorsCacheControl ? cache.Now - kept.StoredAt : null;
        return plan.Policy.AnswersConditionally && kept.StatusCode == StatusCodes.Status200OK
            && (HttpMethods.IsGet(context.Http.Request.Method) || HttpMethods.IsHead(context.Http.Request.Method))
            && EntityTag.Matches(context.Http.Request.Headers.IfNoneMatch, kept.Headers)
            ? CachedResponseWriter.RespondNotModifiedAsync(context, kept, traceId, age)
            : CachedResponseWriter.RespondAsync(context, kept, traceId, age);
    }

    private string? TraceOf(GatewayContext context, CachedResponse kept)
    {
        foreach (ref readonly var header in kept.Headers)
        {
            if (header.Key.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase))
            {
                return context.TraceId ??= TraceId.For(context.Http.Request.Headers[HeaderNames.TraceId], time);
            }
        }

        return null;
    }
}
