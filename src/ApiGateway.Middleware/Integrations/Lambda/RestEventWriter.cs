using System.Buffers.Text;
using System.Globalization;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Writes a request as an event of format 1.0. Source: "Input format of a Lambda function for proxy integration" in the Amazon API Gateway
/// developer guide; nulls, spellings and paths as recorded.
/// </summary>
internal static class RestEventWriter
{
    private const int LongestNumber = 20;

    private static ReadOnlySpan<byte> Null => "null"u8;

    private static ReadOnlySpan<byte> Empty => "{}"u8;

    public static void Write(GatewayContext context, LambdaIntegrationPlan plan, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        var parts = plan.Event;
        target.Write(parts.Start);
        JsonText.WriteString(target, PathFrom(context, context.Selection.ResourceStart));
        target.Write(",\"httpMethod\":\""u8);
        target.WriteText(RouteMethod.Names[context.Method]);
        target.WriteByte((byte)'"');
        WriteHeaders(context, plan.IsAws, call, time);
        WriteQuery(context, call, Null);
        target.Write(",\"pathParameters\":"u8);
        WritePathParameters(context, target, Null);
        target.Write(",\"stageVariables\":"u8);
        target.Write(parts.StageVariables);
        target.Write(",\"requestContext\":"u8);
        WriteContext(context, parts, target);
        WriteBody(context, plan, target);
    }

    /// <summary>Writes the event of an authorizer of type <c>REQUEST</c>: no body, and empty objects where a backend's event has nulls.
    /// Source: "Input to an API Gateway Lambda authorizer".</summary>
    public static void WriteAuthorizer(
        GatewayContext context, LambdaEventPlan parts, bool isAws, string methodArn, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.Write("{\"type\":\"REQUEST\",\"methodArn\":"u8);
        JsonText.WriteString(target, methodArn);
        target.WriteByte((byte)',');
        target.Write(parts.Start.AsSpan(1));
        JsonText.WriteString(target, PathFrom(context, context.Selection.ResourceStart));
        target.Write(",\"httpMethod\":\""u8);
        target.WriteText(RouteMethod.Names[context.Method]);
        target.WriteByte((byte)'"');
        WriteHeaders(context, isAws, call, time);
        WriteQuery(context, call, Empty);
        target.Write(",\"pathParameters\":"u8);
        WritePathParameters(context, target, Empty);
        target.Write(",\"stageVariables\":"u8);
        target.Write(Null.SequenceEqual(parts.StageVariables) ? Empty : parts.StageVariables);
        target.Write(",\"requestContext\":"u8);
        WriteContext(context, parts, target);
        target.WriteByte((byte)'}');
    }

    // Encoded as it was received.
    private static ReadOnlySpan<char> PathFrom(GatewayContext context, int start)
    {
        var path = context.Target.Raw.AsSpan(start, context.Target.PathEnd - start);
        return path.IsEmpty ? "/" : path;
    }

    private static void WriteHeaders(GatewayContext context, bool isAws, LambdaCall call, TimeProvider time)
    {
        var single = call.Event;
        var multi = call.Scratch;
        single.Write(",\"headers\":{"u8);
        multi.Write(",\"multiValueHeaders\":{"u8);
        foreach (ref readonly var header in context.Headers.Of(context.Http.Request.Headers))
        {
            if (header.Value.Count > 0 && !LambdaHeaderRules.EventDropped.Contains(header.Key) && !ForwardedHeaders.IsOwn(header.Key)
                && !(isAws && header.Key.Equals(HeaderNames.TraceId, StringComparison.OrdinalIgnoreCase)))
            {
                WriteHeader(single, multi, header.Key, header.Value);
            }
        }

        if (isAws)
        {
            context.TraceId ??= TraceId.For(context.Http.Request.Headers[HeaderNames.TraceId], time);
            WriteHeader(single, multi, HeaderNames.TraceId, context.TraceId);
        }

        WriteForwardedFor(context, single, multi);
        Span<char> port = stackalloc char[5];
        ForwardedHeaders.PortOf(context).TryFormat(port, out var length, provider: CultureInfo.InvariantCulture);
        WriteHeader(single, multi, ForwardedHeaders.Port, port[..length]);
        WriteHeader(single, multi, ForwardedHeaders.Proto, ForwardedHeaders.ProtoOf(context).AsSpan());

        // The last of them left a comma behind.
        single.Truncate(single.Length - 1);
        multi.Truncate(multi.Length - 1);
        single.WriteByte((byte)'}');
        multi.WriteByte((byte)'}');
        single.Write(multi.WrittenSpan);
        multi.Truncate(0);
    }

    private static void WriteHeader(PooledBufferWriter single, PooledBufferWriter multi, string name, StringValues values)
    {
        // The last value of a repeated header; the other map has them all.
        JsonText.WriteString(single, name);
        single.WriteByte((byte)':');
        JsonText.WriteString(single, values[^1].AsSpan());
        single.WriteByte((byte)',');

        JsonText.WriteString(multi, name);
        multi.Write(":["u8);
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                multi.WriteByte((byte)',');
            }

            JsonText.WriteString(multi, values[i].AsSpan());
        }

        multi.Write("],"u8);
    }

    private static void WriteHeader(PooledBufferWriter single, PooledBufferWriter multi, string name, ReadOnlySpan<char> value)
    {
        JsonText.WriteString(single, name);
        single.WriteByte((byte)':');
        JsonText.WriteString(single, value);
        single.WriteByte((byte)',');
        JsonText.WriteString(multi, name);
        multi.Write(":["u8);
        JsonText.WriteString(multi, value);
        multi.Write("],"u8);
    }

    private static void WriteForwardedFor(GatewayContext context, PooledBufferWriter single, PooledBufferWriter multi)
    {
        JsonText.WriteString(single, ForwardedHeaders.For);
        single.WriteByte((byte)':');
        var start = single.Length;
        ForwardedHeaders.WriteFor(single, context);
        JsonText.WriteString(multi, ForwardedHeaders.For);
        multi.Write(":["u8);
        multi.Write(single.WrittenSpan[start..]);
        multi.Write("],"u8);
        single.WriteByte((byte)',');
    }

    private static void WriteQuery(GatewayContext context, LambdaCall call, ReadOnlySpan<byte> absent)
    {
        var target = call.Event;
        var table = call.Query;
        table.Read(context.Target.Query);
        if (table.Entries.IsEmpty)
        {
            target.Write(",\"queryStringParameters\":"u8);
            target.Write(absent);
            target.Write(",\"multiValueQueryStringParameters\":"u8);
            target.Write(absent);
            return;
        }

        target.Write(",\"queryStringParameters\":"u8);
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

        target.Write("},\"multiValueQueryStringParameters\":"u8);
        separator = (byte)'{';
        foreach (ref readonly var entry in table.Entries)
        {
            if (entry.IsFirst)
            {
                target.WriteByte(separator);
                JsonText.WriteString(target, table.NameOf(entry));
                target.Write(":["u8);
                JsonText.WriteString(target, table.ValueOf(entry));
                for (var next = entry.Next; next >= 0; next = table.Entries[next].Next)
                {
                    target.WriteByte((byte)',');
                    JsonText.WriteString(target, table.ValueOf(table.Entries[next]));
                }

                target.WriteByte((byte)']');
                separator = (byte)',';
            }
        }

        target.WriteByte((byte)'}');
    }

    private static void WritePathParameters(GatewayContext context, PooledBufferWriter target, ReadOnlySpan<byte> absent)
    {
        if (!context.Route.HasPathVariables)
        {
            target.Write(absent);
            return;
        }

        var separator = (byte)'{';
        foreach (ref readonly var variable in context.Route.PathVariables.AsSpan())
        {
            target.WriteByte(separator);
            JsonText.WriteString(target, variable.Name);
            target.WriteByte((byte)':');
            JsonText.WriteString(target, context.ValueOf(variable));
            separator = (byte)',';
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteContext(GatewayContext context, LambdaEventPlan parts, PooledBufferWriter target)
    {
        var host = HostOf(context);
        var dot = host.IndexOf('.');
        target.Write(parts.ContextStart);
        target.WriteByte((byte)'"');
        target.WriteText(RouteMethod.Names[context.Method]);
        target.Write("\",\"extendedRequestId\":"u8);
        JsonText.WriteString(target, context.ExtendedRequestId);
        target.Write(",\"requestTime\":\""u8);
        EventTime.WriteText(target, context.ReceivedAt);
        target.Write("\",\"path\":"u8);
        JsonText.WriteString(target, PathFrom(context, context.Selection.Start));
        target.Write(parts.ContextMiddle);
        JsonText.WriteString(target, dot < 0 ? host : host[..dot]);
        target.Write(",\"requestTimeEpoch\":"u8);
        EventTime.WriteEpoch(target, context.ReceivedAt);
        target.Write(",\"requestId\":"u8);
        JsonText.WriteString(target, context.RequestId);
        target.Write(",\"identity\":{\"cognitoIdentityPoolId\":"u8);
        var signed = context.Caller?.Signed;
        JsonText.WriteStringOrNull(target, signed?.CognitoIdentityPoolId);
        WriteMember(target, ",\"accountId\":"u8, signed?.AccountId);
        WriteMember(target, ",\"cognitoIdentityId\":"u8, signed?.CognitoIdentityId);
        WriteMember(target, ",\"caller\":"u8, signed?.Caller);
        if (context.ApiKeyGrant is { } grant)
        {
            WriteMember(target, ",\"apiKey\":"u8, context.ApiKey);
            WriteMember(target, ",\"apiKeyId\":"u8, grant.KeyId);
        }

        target.Write(",\"sourceIp\":"u8);
        ForwardedHeaders.WriteAddress(target, context.SourceIp);
        WriteMember(target, ",\"principalOrgId\":"u8, signed?.PrincipalOrgId);
        WriteMember(target, ",\"accessKey\":"u8, signed?.AccessKey);
        WriteMember(target, ",\"cognitoAuthenticationType\":"u8, signed?.CognitoAuthenticationType);
        WriteMember(target, ",\"cognitoAuthenticationProvider\":"u8, signed?.CognitoAuthenticationProvider);
        WriteMember(target, ",\"userArn\":"u8, signed?.UserArn);
        WriteMember(target, ",\"userAgent\":"u8, context.Http.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null);
        WriteMember(target, ",\"user\":"u8, signed?.User);
        target.Write("},\"domainName\":"u8);
        JsonText.WriteString(target, host);
        WriteCaller(context, target);
        target.Write(parts.ContextEnd);
    }

    private static void WriteCaller(GatewayContext context, PooledBufferWriter target)
    {
        if (context.Caller is not { HasAuthorizer: true } caller)
        {
            return;
        }

        target.Write(",\"authorizer\":"u8);
        target.Write(caller.EventStart);
        if (caller.HasLatency)
        {
            target.Write(",\"integrationLatency\":"u8);
            Utf8Formatter.TryFormat(context.AuthorizerLatency, target.GetSpan(LongestNumber), out var written);
            target.Advance(written);
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteMember(PooledBufferWriter target, ReadOnlySpan<byte> name, string? value)
    {
        target.Write(name);
        JsonText.WriteStringOrNull(target, value);
    }

    private static void WriteBody(GatewayContext context, LambdaIntegrationPlan plan, PooledBufferWriter target)
    {
        var body = context.Body.Bytes.Span;
        if (body.IsEmpty)
        {
            target.Write(",\"body\":null,\"isBase64Encoded\":false}"u8);
        }
        else if (plan.BinaryTypes?.MatchesContentType(context.Http.Request.Headers.ContentType) == true)
        {
            target.Write(",\"body\":"u8);
            JsonText.WriteBase64(target, body);
            target.Write(",\"isBase64Encoded\":true}"u8);
        }
        else
        {
            target.Write(",\"body\":"u8);
            JsonText.WriteString(target, body);
            target.Write(",\"isBase64Encoded\":false}"u8);
        }
    }

    // Cut by hand: HostString makes a new text for each.
    private static ReadOnlySpan<char> HostOf(GatewayContext context)
    {
        var host = context.Http.Request.Host.Value.AsSpan();
        var colon = host.LastIndexOf(':');
        return colon < 0 || host[colon..].Contains(']') ? host : host[..colon];
    }
}
