using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Writes a request as an event of format 2.0, for HTTP APIs. Source: "Create AWS Lambda proxy integrations for HTTP APIs" in the Amazon
/// API Gateway developer guide. What is missing is left out, not null.
/// </summary>
internal static class HttpEventWriter
{
    public static void Write(GatewayContext context, LambdaHttpEventPlan plan, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.Write(plan.Start);
        if (context.Outgoing?.ReplacedPath is { } replaced)
        {
            call.Scratch.Truncate(0);
            PercentDecoding.Write(call.Scratch, replaced, plusIsSpace: false);
        }
        else
        {
            DecodePath(context, plan, call.Scratch);
        }

        JsonText.WriteString(target, call.Scratch.WrittenSpan);
        WriteRequest(context, plan, call, time);
        HttpEventParts.WriteBody(context, target, absent: default);
        WriteEnd(context, plan, call);
    }

    /// <summary>Writes the event of an authorizer: no body, and nothing of the caller, who is not known yet. Source: "Control access to HTTP
    /// APIs with AWS Lambda authorizers", format 2.0.</summary>
    public static void WriteAuthorizer(
        GatewayContext context, LambdaHttpEventPlan plan, string routeArn, IReadOnlyList<string> identity, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.Write("{\"type\":\"REQUEST\",\"routeArn\":"u8);
        JsonText.WriteString(target, routeArn);
        for (var i = 0; i < identity.Count; i++)
        {
            target.Write(i == 0 ? ",\"identitySource\":["u8 : ","u8);
            JsonText.WriteString(target, identity[i]);
        }

        target.Write(identity.Count == 0 ? ","u8 : "],"u8);
        target.Write(plan.Start.AsSpan(1));
        DecodePath(context, plan, call.Scratch);
        JsonText.WriteString(target, call.Scratch.WrittenSpan);
        WriteRequest(context, plan, call, time);
        WriteEnd(context, plan, call);
    }

    private static void WriteRequest(GatewayContext context, LambdaHttpEventPlan plan, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        var query = context.SentQuery;
        target.Write(",\"rawQueryString\":"u8);
        JsonText.WriteString(target, query.Length > 1 ? query[1..] : default);
        WriteCookies(context, target);
        WriteHeaders(context, target, time);
        WriteQuery(query, call);
        WriteContext(context, plan, call);
    }

    private static void WriteEnd(GatewayContext context, LambdaHttpEventPlan plan, LambdaCall call)
    {
        var target = call.Event;
        if (context.Route.HasPathVariables)
        {
            target.Write(",\"pathParameters\":"u8);
            HttpEventParts.WritePathParameters(context, call);
        }

        target.Write(plan.StageVariables);
        target.WriteByte((byte)'}');
    }

    private static void DecodePath(GatewayContext context, LambdaHttpEventPlan plan, PooledBufferWriter scratch)
    {
        scratch.Truncate(0);
        scratch.WriteText(plan.PathPrefix);
        var rest = context.Target.Raw.AsSpan(context.Selection.ResourceStart, context.Target.PathEnd - context.Selection.ResourceStart);
        PercentDecoding.Write(scratch, rest.IsEmpty && plan.PathPrefix.Length == 0 ? "/" : rest, plusIsSpace: false);
    }

    private static void WriteCookies(GatewayContext context, PooledBufferWriter target)
    {
        var isFirst = true;
        foreach (var line in context.SentHeader("Cookie"))
        {
            foreach (var range in line.AsSpan().Split(';'))
            {
                var cookie = line.AsSpan(range).Trim();
                if (!cookie.IsEmpty)
                {
                    target.Write(isFirst ? ",\"cookies\":["u8 : ","u8);
                    JsonText.WriteString(target, cookie);
                    isFirst = false;
                }
            }
        }

        if (!isFirst)
        {
            target.WriteByte((byte)']');
        }
    }

    private static void WriteHeaders(GatewayContext context, PooledBufferWriter target, TimeProvider time)
    {
        Span<char> number = stackalloc char[11];
        target.Write(",\"headers\":{\"x-amzn-trace-id\":"u8);
        JsonText.WriteString(target, HttpEventParts.TraceIdOf(context, time));
        target.Write(",\"x-forwarded-for\":"u8);
        ForwardedHeaders.WriteFor(target, context);
        target.Write(",\"x-forwarded-port\":\""u8);
        target.WriteText(HttpEventParts.Text(ForwardedHeaders.PortOf(context), number));
        target.Write("\",\"x-forwarded-proto\":"u8);
        JsonText.WriteString(target, ForwardedHeaders.ProtoOf(context).AsSpan());
        if (context.Http.Request.Headers.ContentLength is null)
        {
            // Also without a body: observed.
            target.Write(",\"content-length\":\""u8);
            target.WriteText(HttpEventParts.Text(context.Body.Bytes.Length, number));
            target.WriteByte((byte)'"');
        }

        foreach (ref readonly var header in context.SentHeaders)
        {
            // Cookies have a place of their own.
            if (header.Value.Count > 0 && !HttpEventParts.IsOwn(header.Key) && !header.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            {
                WriteHeader(target, header.Key, header.Value);
            }
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteHeader(PooledBufferWriter target, string name, in StringValues values)
    {
        const int OnStack = 128;

        var lower = name.Length <= OnStack ? stackalloc char[name.Length] : new char[name.Length];
        name.AsSpan().ToLowerInvariant(lower);
        target.WriteByte((byte)',');
        JsonText.WriteString(target, lower);
        target.Write(":\""u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                target.WriteByte((byte)',');
            }

            JsonText.WriteCharacters(target, values[i]);
        }

        target.WriteByte((byte)'"');
    }

    private static void WriteQuery(ReadOnlySpan<char> query, LambdaCall call)
    {
        var target = call.Event;
        var table = call.Query;
        table.Read(query);
        if (table.Entries.IsEmpty)
        {
            return;
        }

        target.Write(",\"queryStringParameters\":"u8);
        var separator = (byte)'{';
        foreach (ref readonly var entry in table.Entries)
        {
            if (!entry.IsFirst)
            {
                continue;
            }

            target.WriteByte(separator);
            JsonText.WriteString(target, table.NameOf(entry));
            target.WriteByte((byte)':');
            call.Scratch.Truncate(0);
            call.Scratch.Write(table.ValueOf(entry));
            for (var next = entry.Next; next >= 0; next = table.Entries[next].Next)
            {
                call.Scratch.WriteByte((byte)',');
                call.Scratch.Write(table.ValueOf(table.Entries[next]));
            }

            JsonText.WriteString(target, call.Scratch.WrittenSpan);
            separator = (byte)',';
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteContext(GatewayContext context, LambdaHttpEventPlan plan, LambdaCall call)
    {
        var target = call.Event;
        var host = EventHost.Of(context);
        target.Write(plan.ContextStart);
        JsonText.WriteString(target, host);
        HttpCaller.WriteFormat2(context, target);
        target.Write(",\"domainPrefix\":"u8);
        JsonText.WriteString(target, EventHost.Prefix(host));
        target.Write(",\"http\":{\"method\":"u8);
        JsonText.WriteString(target, context.MethodName);
        target.Write(",\"path\":"u8);
        DecodePath(context, plan, call.Scratch);
        JsonText.WriteString(target, call.Scratch.WrittenSpan);
        target.Write(",\"protocol\":\"HTTP/1.1\",\"sourceIp\":"u8);
        ForwardedHeaders.WriteAddress(target, context.SourceIp);
        target.Write(",\"userAgent\":"u8);
        JsonText.WriteString(target, context.Http.Request.Headers.UserAgent is [{ } agent, ..] ? agent : "");
        target.Write("},\"requestId\":"u8);
        JsonText.WriteString(target, context.ExtendedRequestId);
        target.Write(plan.ContextEnd);
        EventTime.WriteText(target, context.ReceivedAt);
        target.Write("\",\"timeEpoch\":"u8);
        EventTime.WriteEpoch(target, context.ReceivedAt);
        target.WriteByte((byte)'}');
    }
}
