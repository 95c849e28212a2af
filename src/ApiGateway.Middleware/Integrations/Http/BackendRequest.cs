using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>Makes the request to the backend out of the client's: rebuilt from its parts, nothing copied raw.</summary>
internal static class BackendRequest
{
    private const int MaxForwardedFor = 2048;

    // Which .NET keeps with the body.
    private static readonly FrozenSet<string> ContentHeaders = new[]
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly HttpMethod[] Methods = [.. RouteMethod.Names.Select(static name => new HttpMethod(name))];

    /// <summary>Makes the request.</summary>
    /// <param name="context">The client's request.</param>
    /// <param name="plan">The backend.</param>
    /// <param name="uri">Where to send it.</param>
    /// <param name="body">The body, or <see langword="null"/> if there is none.</param>
    /// <param name="isUpgrade">Whether the client asks for another protocol on this connection.</param>
    /// <param name="time">The clock of new trace ids.</param>
    public static HttpRequestMessage Create(
        GatewayContext context, HttpIntegrationPlan plan, Uri uri, HttpContent? body, bool isUpgrade, TimeProvider time)
    {
        var request = new HttpRequestMessage(plan.Method ?? (context.Method < 0 ? new HttpMethod(context.MethodName) : Methods[context.Method]), uri)
        {
            Content = body,
            Version = plan.IsHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = plan.IsHttp2 ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower,
        };

        if (plan.IsolatesClient)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", plan.Headers.UserAgent);
        }
        else if (plan.IsProxy)
        {
            CopyHeaders(context, plan, request, isUpgrade);
        }
        else
        {
            AddHttpDefaults(context, plan, request);
        }

        AddOwnHeaders(context, plan, request, time);
        if (plan.Link is { } link)
        {
            request.Headers.Host = LinkAddress.HostOf(link, context);
        }

        if (context.Outgoing is { } outgoing)
        {
            SetMapped(outgoing, request);
        }

        return request;
    }

    // What the definition maps takes the place of all else.
    private static void SetMapped(IntegrationRequest outgoing, HttpRequestMessage request)
    {
        foreach (ref readonly var header in outgoing.Headers.Items)
        {
            if (ContentHeaders.Contains(header.Key))
            {
                ContentOf(request).Headers.Remove(header.Key);
            }
            else
            {
                request.Headers.Remove(header.Key);
            }

            if (header.Value.Count > 0)
            {
                Add(request, header.Key, header.Value);
            }
        }
    }

    private static void CopyHeaders(GatewayContext context, HttpIntegrationPlan plan, HttpRequestMessage request, bool isUpgrade)
    {
        var source = context.Http.Request.Headers;
        var dropped = plan.Headers.IsAws ? HeaderRules.AwsRequestDropped
            : plan.Headers.AddsForwarded ? HeaderRules.HttpRequestDropped : HeaderRules.PlainRequestDropped;
        var connection = new ConnectionOptions(source.Connection);
        foreach (ref readonly var header in context.Headers.Of(source))
        {
            if (dropped.Contains(header.Key) || connection.Contain(header.Key)
                || (plan.DropsAuthorization && header.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            Add(request, header.Key, header.Value);
        }

        if (isUpgrade)
        {
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            Add(request, "Upgrade", source.Upgrade);
        }

        // gRPC needs to know that the way back carries trailers; HTTP/2 allows this one value of TE only (RFC 9113 8.2.2).
        if (plan.IsHttp2 && source.TE is [{ } te] && te.Contains("trailers", StringComparison.OrdinalIgnoreCase))
        {
            request.Headers.TryAddWithoutValidation("TE", "trailers");
        }
    }

    // HTTP integrations send nothing of the client but the type of its body, and only on methods that have one: recorded.
    private static void AddHttpDefaults(GatewayContext context, HttpIntegrationPlan plan, HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", plan.Headers.UserAgent);
        if (request.Content is null)
        {
            return;
        }

        if (context.Http.Request.Headers.ContentType is { Count: > 0 } type)
        {
            Add(request, "Content-Type", type);
        }
        else if (context.Outgoing is { HasBody: true })
        {
            // The template was chosen as that of JSON.
            Add(request, "Content-Type", "application/json");
        }
    }

    private static void AddOwnHeaders(GatewayContext context, HttpIntegrationPlan plan, HttpRequestMessage request, TimeProvider time)
    {
        if (plan.Headers.IsAws)
        {
            context.TraceId ??= TraceId.For(context.Http.Request.Headers[HeaderNames.TraceId], time);
            Set(request, HeaderNames.TraceId, context.TraceId);
            Set(request, HeaderNames.ApiId, plan.Headers.ApiId);
        }
        else if (plan.Headers.AddsForwarded)
        {
            ForwardedHeader.AddTo(request, context);
            context.TraceId ??= context.Http.Request.Headers[HeaderNames.TraceId] is [{ Length: > 0 } received] ? received : TraceId.NewRoot(time);
            Set(request, HeaderNames.TraceId, context.TraceId);
        }
        else if (plan.Headers.AppendForwarded)
        {
            AddForwarded(context, request);
        }

        if (Activity.Current is { } activity)
        {
            // Replaces what the client sent, because this hop is part of the trace; without an activity it passes untouched.
            DistributedContextPropagator.Current.Inject(
                activity, request, static (carrier, name, value) => Set((HttpRequestMessage)carrier!, name, value));
        }
    }

    private static void AddForwarded(GatewayContext context, HttpRequestMessage request)
    {
        var http = context.Http;
        var peer = http.Connection.RemoteIpAddress is { } remote ? ClientAddress.Plain(remote) : null;
        if (peer is not null)
        {
            var address = peer.ToString();
            var earlier = http.Request.Headers["X-Forwarded-For"].ToString();
            var isWhole = earlier.Length > 0 && earlier.Length + address.Length + ", ".Length <= MaxForwardedFor;
            Set(request, "X-Forwarded-For", isWhole ? $"{earlier}, {address}" : address);
        }

        // From a peer that nobody vouches for, these are the gateway's to say.
        var isTrusted = context.Snapshot.ClientAddress is { TrustsAnybody: true } trust && peer is not null
            && trust.Trusts(peer);
        if (!isTrusted || !request.Headers.NonValidated.Contains("X-Forwarded-Proto"))
        {
            Set(request, "X-Forwarded-Proto", http.Request.Scheme);
        }

        if (!isTrusted || !request.Headers.NonValidated.Contains("X-Forwarded-Host"))
        {
            Set(request, "X-Forwarded-Host", http.Request.Host.Value ?? "");
        }

        // The gateway says nothing of these, so from such a peer a backend must not hear them at all.
        if (!isTrusted)
        {
            request.Headers.Remove("X-Forwarded-Port");
            request.Headers.Remove("Forwarded");
        }
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static void Add(HttpRequestMessage request, string name, StringValues values)
    {
        if (values.Count == 1)
        {
            var value = values.ToString();
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                ContentOf(request).Headers.TryAddWithoutValidation(name, value);
            }
        }
        else if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
        {
            ContentOf(request).Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }

    // Headers about a body can stand on a request without one.
    private static HttpContent ContentOf(HttpRequestMessage request) => request.Content ??= new EmptyContent();
}
