using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Hands the backend's status and headers to the client.</summary>
internal static class BackendResponse
{
    private const string DefaultContentType = "application/json";

    // RFC 9110 5.5: visible characters, space and tab. Bytes beyond ASCII arrive as one character each.
    private static readonly SearchValues<char> LegalInValues = SearchValues.Create(
        [.. Enumerable.Range(0x20, 0x7F - 0x20).Select(static c => (char)c), '\t']);

    public static void CopyHead(GatewayContext context, HttpIntegrationPlan plan, HttpResponseMessage source, ILogger logger)
    {
        var target = context.Http.Response;
        target.StatusCode = (int)source.StatusCode;
        if (plan.IsProxy)
        {
            var connection = new ConnectionOptions(
                source.Headers.NonValidated.TryGetValues("Connection", out var lines) ? ToValues(lines) : default);
            foreach (var (name, values) in source.Headers.NonValidated)
            {
                if (!connection.Contain(name))
                {
                    Copy(context, plan, name, values, logger);
                }
            }

            foreach (var (name, values) in source.Content.Headers.NonValidated)
            {
                if (!connection.Contain(name))
                {
                    Copy(context, plan, name, values, logger);
                }
            }
        }
        else
        {
            target.Headers.ContentType = source.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
                ? type.ToString() : DefaultContentType;
            if (plan.Headers.IsAws)
            {
                target.Headers[HeaderNames.TraceId] = context.TraceId;
            }

            if (plan.IsStreaming)
            {
                target.ContentLength = source.Content.Headers.ContentLength;
            }
        }

        if (plan.Headers.IsAws && target.Headers.ContentType.Count == 0)
        {
            target.Headers.ContentType = DefaultContentType;
        }
    }

    /// <summary>Hands status and headers to the step that maps them.</summary>
    public static void FillHead(IntegrationAnswer answer, HttpIntegrationPlan plan, HttpResponseMessage source)
    {
        foreach (var (name, values) in source.Headers.NonValidated)
        {
            answer.Headers.Set(name, Legal(ToValues(values)));
        }

        foreach (var (name, values) in source.Content.Headers.NonValidated)
        {
            answer.Headers.Set(name, Legal(ToValues(values)));
        }

        answer.HasLostCase = plan.IsHttp2;
        answer.Status = (int)source.StatusCode;
    }

    /// <summary>Takes the backend's headers back when its body never came and another answer has to be given.</summary>
    public static void TakeBackHead(GatewayContext context, HttpResponseMessage? source)
    {
        var target = context.Http.Response;
        if (source is null || target.HasStarted)
        {
            return;
        }

        foreach (var (name, _) in source.Headers.NonValidated)
        {
            target.Headers.Remove(HeaderNames.RemappedPrefix + name);
            if (!IsOwn(context, name))
            {
                target.Headers.Remove(name);
            }
        }

        foreach (var (name, _) in source.Content.Headers.NonValidated)
        {
            target.Headers.Remove(name);
            target.Headers.Remove(HeaderNames.RemappedPrefix + name);
        }

        target.Headers.Remove(HeaderNames.TraceId);
        foreach (var change in context.HeadMapping?.ForResponse((int)source.StatusCode) ?? [])
        {
            target.Headers.Remove(change.Name);
        }
    }

    /// <summary>Hands on what the backend sends behind its body, if the client's protocol can carry it.</summary>
    public static void CopyTrailers(HttpResponse target, HttpResponseMessage source)
    {
        if (!target.SupportsTrailers())
        {
            return;
        }

        foreach (var (name, values) in source.TrailingHeaders.NonValidated)
        {
            target.AppendTrailer(name, Legal(ToValues(values)));
        }
    }

    private static void Copy(
        GatewayContext context, HttpIntegrationPlan plan, string name, HeaderStringValues values, ILogger logger)
    {
        var headers = context.Http.Response.Headers;
        if (plan.Headers.IsAws)
        {
            // A body that flows through stays coded, so its header stays, too.
            if (HeaderRules.AwsResponseDropped.Contains(name)
                && !(plan.IsStreaming && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)))
            {
                return;
            }

            if (HeaderRules.AwsRemapped.TryGetValue(name, out var remapped))
            {
                if (plan.IsStreaming && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                {
                    headers.ContentLength = long.TryParse(values.ToString(), CultureInfo.InvariantCulture, out var length) ? length : null;
                }

                name = remapped;
            }
        }
        else if (HeaderRules.PlainResponseDropped.Contains(name)
            || (!plan.IsStreaming && name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        if (IsOwn(context, name))
        {
            return;
        }

        try
        {
            headers[name] = Legal(ToValues(values));
            if (context.Api.Cors is { } cors && name.Equals("Vary", StringComparison.OrdinalIgnoreCase))
            {
                CorsHeaders.AddVary(headers, cors);
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The server refuses the name; the answer is worth more without this header than not at all.
            Log.BackendHeaderDropped(logger, name, context.RequestId);
        }
    }

    // Where the gateway gives ids of its own, a gateway behind it cannot replace them; likewise who may call from other origins, unless
    // the backend is asked just that, and what is left of the gateway's limits.
    public static bool IsOwn(GatewayContext context, string name) =>
        (context.Api.ResponseIds
            && (name.Equals(HeaderNames.RequestId, StringComparison.OrdinalIgnoreCase)
                || name.Equals(HeaderNames.ExtendedRequestId, StringComparison.OrdinalIgnoreCase)))
        || (context.Api.Cors is not null && CorsHeaders.Contain(name) && !CorsRequest.IsPreflight(context))
        || (context.Route.Throttling?.RateLimits?.Policy is not null && RateLimitHeaders.Contain(name));

    private static StringValues ToValues(HeaderStringValues values)
    {
        if (values.Count == 1)
        {
            return values.ToString();
        }

        var all = new string[values.Count];
        var i = 0;
        foreach (var value in values)
        {
            all[i++] = value;
        }

        return all;
    }

    /// <summary>Makes values legal in a header: what is not visible ASCII, space or tab is percent-encoded.</summary>
    public static StringValues Legal(StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].AsSpan().ContainsAnyExcept(LegalInValues))
            {
                return values.Select(Escaped).ToArray();
            }
        }

        return values;
    }

    // One rule for all that is not legal: percent-encoding.
    private static string Escaped(string? value)
    {
        var text = new StringBuilder();
        foreach (var c in value ?? "")
        {
            if (LegalInValues.Contains(c))
            {
                text.Append(c);
            }
            else
            {
                text.Append('%').Append(((int)c & 0xFF).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
