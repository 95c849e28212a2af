using System.Text.Unicode;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
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
        DecodePath(context, plan, call.Scratch);
        JsonText.WriteString(target, call.Scratch.WrittenSpan);
        var query = context.Target.Query;
        target.Write(",\"rawQueryString\":"u8);
        JsonText.WriteString(target, query.Length > 1 ? query[1..] : default);
        WriteCookies(context, target);
        WriteHeaders(context, target, time);
        WriteQuery(context, call);
        WriteContext(context, plan, call);
        WriteBody(context, target);
        WritePathParameters(context, call);
        target.Write(plan.StageVariables);
        target.WriteByte((byte)'}');
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
        var query = context.Target.Query;
        target.Write(",\"rawQueryString\":"u8);
        JsonText.WriteString(target, query.Length > 1 ? query[1..] : default);
        WriteCookies(context, target);
        WriteHeaders(context, target, time);
        WriteQuery(context, call);
        WriteContext(context, plan, call);
        WritePathParameters(context, call);
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
        foreach (var line in context.Http.Request.Headers.Cookie)
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
        var headers = context.Http.Request.Headers;
        context.TraceId ??= headers[HeaderNames.TraceId] is [{ Length: > 0 } received] ? received : TraceId.For(null, time);
        target.Write(",\"headers\":{\"x-amzn-trace-id\":"u8);
        JsonText.WriteString(target, context.TraceId);
        target.Write(",\"x-forwarded-for\":"u8);
        ForwardedHeaders.WriteFor(target, context);
        target.Write(",\"x-forwarded-port\":\""u8);
        Span<char> port = stackalloc char[5];
        ForwardedHeaders.PortOf(context).TryFormat(port, out var length, provider: System.Globalization.CultureInfo.InvariantCulture);
        target.WriteText(port[..length]);
        target.Write("\",\"x-forwarded-proto\":"u8);
        JsonText.WriteString(target, ForwardedHeaders.ProtoOf(context).AsSpan());
        if (headers.ContentLength is null)
        {
            // Also without a body: observed.
            target.Write(",\"content-length\":\""u8);
            target.WriteText(context.Body.Bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
            target.WriteByte((byte)'"');
        }

        foreach (ref readonly var header in context.Headers.Of(headers))
        {
            if (header.Value.Count > 0 && !LambdaHeaderRules.HttpEventDropped.Contains(header.Key) && !ForwardedHeaders.IsOwn(header.Key)
                && !header.Key.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase))
            {
                WriteHeader(target, header.Key, header.Value);
            }
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteHeader(PooledBufferWriter target, string name, StringValues values)
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

    private static void WriteQuery(GatewayContext context, LambdaCall call)
    {
        var target = call.Event;
        var table = call.Query;
        table.Read(context.Target.Query);
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
        var host = context.Http.Request.Host.Host;
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        target.Write(plan.ContextStart);
        JsonText.WriteString(target, host);
        target.Write(",\"domainPrefix\":"u8);
        JsonText.WriteString(target, dot < 0 ? host : host.AsSpan(0, dot));
        target.Write(",\"http\":{\"method\":"u8);
        JsonText.WriteString(target, RouteMethod.Names[context.Method]);
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
        HttpCaller.WriteFormat2(context, target);
        target.WriteByte((byte)'}');
    }

    private static void WriteBody(GatewayContext context, PooledBufferWriter target)
    {
        var body = context.Body.Bytes.Span;
        if (body.IsEmpty)
        {
            target.Write(",\"isBase64Encoded\":false"u8);
            return;
        }

        var isText = IsText(context.Http.Request.Headers.ContentType.ToString()) && Utf8.IsValid(body);
        target.Write(",\"body\":"u8);
        if (isText)
        {
            JsonText.WriteString(target, body);
        }
        else
        {
            JsonText.WriteBase64(target, body);
        }

        target.Write(isText ? ",\"isBase64Encoded\":false"u8 : ",\"isBase64Encoded\":true"u8);
    }

    // These and no others: observed.
    private static bool IsText(ReadOnlySpan<char> type)
    {
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/xml", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/javascript", StringComparison.OrdinalIgnoreCase);
    }

    private static void WritePathParameters(GatewayContext context, LambdaCall call)
    {
        var target = call.Event;
        if (!context.Route.HasPathVariables)
        {
            return;
        }

        target.Write(",\"pathParameters\":"u8);
        var separator = (byte)'{';
        foreach (ref readonly var variable in context.Route.PathVariables.AsSpan())
        {
            target.WriteByte(separator);
            JsonText.WriteString(target, variable.Name);
            target.WriteByte((byte)':');
            call.Scratch.Truncate(0);
            PercentDecoding.Write(call.Scratch, context.ValueOf(variable), plusIsSpace: false);
            JsonText.WriteString(target, call.Scratch.WrittenSpan);
            separator = (byte)',';
        }

        target.WriteByte((byte)'}');
    }
}
