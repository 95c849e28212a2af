using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Writes a request as an event of format 1.0, as HTTP APIs have it. Source: "Create AWS Lambda proxy integrations for HTTP APIs" in the
/// Amazon API Gateway developer guide; nulls, spellings and paths as observed. What is missing is null.
/// </summary>
internal static class HttpFormat1EventWriter
{
    private static ReadOnlySpan<byte> Null => "null"u8;

    public static void Write(GatewayContext context, LambdaEventPlan plan, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.Write(plan.Start);
        JsonText.WriteString(target, context.Outgoing?.ReplacedPath is { } replaced ? replaced : PathOf(context));
        target.Write(",\"httpMethod\":"u8);
        JsonText.WriteString(target, context.MethodName);
        WriteHeaders(context, call, time);
        EventMaps.WriteQuery(call, context.SentQuery, Null);
        WriteContext(context, plan, target);
        target.Write(",\"pathParameters\":"u8);
        if (context.Route.HasPathVariables)
        {
            HttpEventParts.WritePathParameters(context, call);
        }
        else
        {
            target.Write(Null);
        }

        target.Write(",\"stageVariables\":"u8);
        target.Write(plan.StageVariables);
        HttpEventParts.WriteBody(context, target, ",\"body\":null"u8);
        target.WriteByte((byte)'}');
    }

    // Encoded as it was received, with the stage or the mapping of the domain name.
    private static ReadOnlySpan<char> PathOf(GatewayContext context)
    {
        var path = context.Target.Raw.AsSpan(context.Selection.Start, context.Target.PathEnd - context.Selection.Start);
        return path.IsEmpty ? "/" : path;
    }

    private static void WriteHeaders(GatewayContext context, LambdaCall call, TimeProvider time)
    {
        var (single, multi) = (call.Event, call.Scratch);
        multi.Truncate(0);
        EventMaps.BeginHeaders(single, multi);
        foreach (ref readonly var header in context.SentHeaders)
        {
            if (header.Value.Count > 0 && !HttpEventParts.IsOwn(header.Key))
            {
                WriteHeader(single, multi, header.Key, header.Value);
            }
        }

        Span<char> number = stackalloc char[11];
        if (context.Http.Request.Headers.ContentLength is null)
        {
            // Also without a body: observed.
            EventMaps.WriteHeader(single, multi, "Content-Length", HttpEventParts.Text(context.Body.Bytes.Length, number));
        }

        EventMaps.WriteHeader(single, multi, HeaderNames.TraceId, HttpEventParts.TraceIdOf(context, time).AsSpan());
        EventMaps.WriteForwardedFor(context, single, multi);
        EventMaps.WriteHeader(single, multi, ForwardedHeaders.Port, HttpEventParts.Text(ForwardedHeaders.PortOf(context), number));
        EventMaps.WriteHeader(single, multi, ForwardedHeaders.Proto, ForwardedHeaders.ProtoOf(context).AsSpan());
        EventMaps.EndHeaders(single, multi);
    }

    private static void WriteHeader(PooledBufferWriter single, PooledBufferWriter multi, string name, in StringValues values)
    {
        const int OnStack = 128;

        var canonical = name.Length <= OnStack ? stackalloc char[name.Length] : new char[name.Length];
        HttpEventParts.Canonicalize(name, canonical);
        EventMaps.WriteHeader(single, multi, canonical, values);
    }

    private static void WriteContext(GatewayContext context, LambdaEventPlan plan, PooledBufferWriter target)
    {
        var host = EventHost.Of(context);
        target.Write(plan.ContextStart);
        HttpCaller.WriteFormat1(context, target);
        target.Write(",\"domainName\":"u8);
        JsonText.WriteString(target, host);
        target.Write(",\"domainPrefix\":"u8);
        JsonText.WriteString(target, EventHost.Prefix(host));
        target.Write(",\"extendedRequestId\":"u8);
        JsonText.WriteString(target, context.ExtendedRequestId);
        target.Write(",\"httpMethod\":"u8);
        JsonText.WriteString(target, context.MethodName);
        WriteIdentity(context, target);
        target.Write(",\"path\":"u8);
        JsonText.WriteString(target, PathOf(context));
        target.Write(plan.ContextMiddle);
        JsonText.WriteString(target, context.ExtendedRequestId);
        target.Write(",\"requestTime\":\""u8);
        EventTime.WriteText(target, context.ReceivedAt);
        target.Write("\",\"requestTimeEpoch\":"u8);
        EventTime.WriteEpoch(target, context.ReceivedAt);
        target.Write(plan.ContextEnd);
    }

    private static void WriteIdentity(GatewayContext context, PooledBufferWriter target)
    {
        var signed = context.Caller?.Signed;
        target.Write(",\"identity\":{\"accessKey\":"u8);
        JsonText.WriteStringOrNull(target, signed?.AccessKey);
        WriteMember(target, ",\"accountId\":"u8, signed?.AccountId);
        WriteMember(target, ",\"caller\":"u8, signed?.Caller);
        WriteMember(target, ",\"cognitoAuthenticationProvider\":"u8, signed?.CognitoAuthenticationProvider);
        WriteMember(target, ",\"cognitoAuthenticationType\":"u8, signed?.CognitoAuthenticationType);
        WriteMember(target, ",\"cognitoIdentityId\":"u8, signed?.CognitoIdentityId);
        WriteMember(target, ",\"cognitoIdentityPoolId\":"u8, signed?.CognitoIdentityPoolId);
        WriteMember(target, ",\"principalOrgId\":"u8, signed?.PrincipalOrgId);
        target.Write(",\"sourceIp\":"u8);
        ForwardedHeaders.WriteAddress(target, context.SourceIp);
        WriteMember(target, ",\"user\":"u8, signed?.User);
        WriteMember(target, ",\"userAgent\":"u8, context.Http.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null);
        WriteMember(target, ",\"userArn\":"u8, signed?.UserArn);
        target.WriteByte((byte)'}');
    }

    private static void WriteMember(PooledBufferWriter target, ReadOnlySpan<byte> name, string? value)
    {
        target.Write(name);
        JsonText.WriteStringOrNull(target, value);
    }
}
