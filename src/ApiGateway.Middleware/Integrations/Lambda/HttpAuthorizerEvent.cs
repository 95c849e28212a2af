using System.Globalization;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Writes the event of format 1.0 that an authorizer of an HTTP API gets. Source: "Control access to HTTP APIs with AWS Lambda
/// authorizers".</summary>
internal static class HttpAuthorizerEvent
{
    public static void Write(
        GatewayContext context, LambdaEventPlan parts, string methodArn, IReadOnlyList<string> identity, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.Write(parts.Start);
        JsonText.WriteString(target, PathOf(context));
        target.Write(",\"methodArn\":"u8);
        JsonText.WriteString(target, methodArn);
        WriteIdentity(target, ",\"identitySource\":\""u8, identity);
        WriteIdentity(target, ",\"authorizationToken\":\""u8, identity);
        target.Write(",\"httpMethod\":"u8);
        JsonText.WriteString(target, context.MethodName);
        WriteHeaders(context, target, time);
        WriteQuery(context, call);
        target.Write(",\"pathParameters\":"u8);
        if (context.Route.HasPathVariables)
        {
            HttpEventParts.WritePathParameters(context, call);
        }
        else
        {
            target.Write("{}"u8);
        }

        target.Write(",\"stageVariables\":"u8);
        target.Write(parts.StageVariables);
        target.Write(",\"requestContext\":"u8);
        target.Write(parts.ContextStart);
        JsonText.WriteString(target, context.MethodName);
        target.Write(",\"path\":"u8);
        JsonText.WriteString(target, PathOf(context));
        target.Write(",\"requestId\":"u8);
        JsonText.WriteString(target, context.ExtendedRequestId);
        target.Write(",\"identity\":{\"apiKey\":null,\"sourceIp\":"u8);
        ForwardedHeaders.WriteAddress(target, context.SourceIp);
        target.Write("}}}"u8);
    }

    // As it was received, with a named stage.
    private static ReadOnlySpan<char> PathOf(GatewayContext context)
    {
        var path = context.Target.Raw.AsSpan(context.Selection.Start, context.Target.PathEnd - context.Selection.Start);
        return path.IsEmpty ? "/" : path;
    }

    private static void WriteIdentity(PooledBufferWriter target, ReadOnlySpan<byte> start, IReadOnlyList<string> identity)
    {
        for (var i = 0; i < identity.Count; i++)
        {
            target.Write(i == 0 ? start : ","u8);
            JsonText.WriteCharacters(target, identity[i]);
        }

        if (identity.Count > 0)
        {
            target.WriteByte((byte)'"');
        }
    }

    private static void WriteHeaders(GatewayContext context, PooledBufferWriter target, TimeProvider time)
    {
        var headers = context.Http.Request.Headers;
        target.Write(",\"headers\":{\"X-Amzn-Trace-Id\":"u8);
        JsonText.WriteString(target, HttpEventParts.TraceIdOf(context, time));
        target.Write(",\"X-Forwarded-For\":"u8);
        ForwardedHeaders.WriteFor(target, context);
        target.Write(",\"X-Forwarded-Port\":\""u8);
        target.WriteText(ForwardedHeaders.PortOf(context).ToString(CultureInfo.InvariantCulture));
        target.Write("\",\"X-Forwarded-Proto\":"u8);
        JsonText.WriteString(target, ForwardedHeaders.ProtoOf(context).AsSpan());
        foreach (ref readonly var header in context.Headers.Of(headers))
        {
            if (header.Value.Count > 0 && !HttpEventParts.IsOwn(header.Key))
            {
                target.WriteByte((byte)',');
                WriteName(target, header.Key);
                target.WriteByte((byte)':');
                JsonText.WriteString(target, header.Value[^1].AsSpan());
            }
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteName(PooledBufferWriter target, string name)
    {
        const int OnStack = 128;

        var canonical = name.Length <= OnStack ? stackalloc char[name.Length] : new char[name.Length];
        HttpEventParts.Canonicalize(name, canonical);
        JsonText.WriteString(target, canonical);
    }

    private static void WriteQuery(GatewayContext context, LambdaCall call)
    {
        var target = call.Event;
        var table = call.Query;
        table.Read(context.Target.Query);
        target.Write(",\"queryStringParameters\":"u8);
        if (table.Entries.IsEmpty)
        {
            target.Write("null"u8);
            return;
        }

        var separator = (byte)'{';
        foreach (ref readonly var entry in table.Entries)
        {
            if (entry.IsFirst)
            {
                target.WriteByte(separator);
                JsonText.WriteString(target, table.NameOf(entry));
                target.WriteByte((byte)':');
                JsonText.WriteString(target, table.ValueOf(table.Entries[entry.Last]));
                separator = (byte)',';
            }
        }

        target.WriteByte((byte)'}');
    }
}
