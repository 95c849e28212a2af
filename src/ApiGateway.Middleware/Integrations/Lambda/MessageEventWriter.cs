using System.Buffers.Text;
using System.Collections.Frozen;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>Writes what happens on a WebSocket connection as an event. Source: "Set up a WebSocket API integration request in API Gateway";
/// members and spellings as recorded.</summary>
internal static class MessageEventWriter
{
    private const int LongestNumber = 20;

    // Its authorizer sees them.
    private static readonly FrozenSet<string> NotForFunctions = new[] { "Connection", "Upgrade" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static ReadOnlySpan<byte> Empty => "{}"u8;

    /// <summary>Writes the event of a route.</summary>
    /// <param name="context">What happens.</param>
    /// <param name="parts">The parts that are always the same.</param>
    /// <param name="isAws">Whether headers tell a trace id.</param>
    /// <param name="call">The call; its event takes the text.</param>
    /// <param name="time">The clock of new trace ids.</param>
    public static void Write(GatewayContext context, MessageEventPlan parts, bool isAws, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.WriteByte((byte)'{');
        if (context.EventType == WebSocketEventType.Connect)
        {
            WriteHeaders(context, isAws, call, time, NotForFunctions);
            target.WriteByte((byte)',');
            if (context.Target.Query.Length > 1)
            {
                WriteQuery(context, call);
                target.WriteByte((byte)',');
            }
        }
        else if (context.EventType == WebSocketEventType.Disconnect)
        {
            WriteDisconnectHeaders(context, target);
        }

        target.Write(parts.StageVariables);
        WriteContext(context, parts, target);
        if (context.EventType == WebSocketEventType.Message)
        {
            target.Write(",\"body\":"u8);
            JsonText.WriteString(target, context.Body.Bytes.Span);
        }

        target.Write(",\"isBase64Encoded\":false}"u8);
    }

    /// <summary>Writes the event of an authorizer.</summary>
    public static void WriteAuthorizer(GatewayContext context, MessageEventPlan parts, bool isAws, string methodArn, LambdaCall call, TimeProvider time)
    {
        var target = call.Event;
        target.Write("{\"type\":\"REQUEST\",\"methodArn\":"u8);
        JsonText.WriteString(target, methodArn);
        target.WriteByte((byte)',');
        WriteHeaders(context, isAws, call, time, FrozenSet<string>.Empty);
        target.WriteByte((byte)',');
        WriteQuery(context, call);
        target.Write(",\"stageVariables\":"u8);
        target.Write(parts.AuthorizerVariables);
        target.WriteByte((byte)',');
        WriteContext(context, parts, target);
        target.WriteByte((byte)'}');
    }

    private static void WriteHeaders(GatewayContext context, bool isAws, LambdaCall call, TimeProvider time, FrozenSet<string> dropped)
    {
        // They are the first members here: no comma stands before them.
        call.Event.Write("\"headers\":{"u8);
        call.Scratch.Write(",\"multiValueHeaders\":{"u8);
        EventMaps.WriteHeaders(context, isAws, dropped, call, time);
    }

    private static void WriteQuery(GatewayContext context, LambdaCall call)
    {
        // The writer of the maps begins with the comma that stands between them.
        var start = call.Event.Length;
        EventMaps.WriteQuery(call, context.Target.Query, Empty);
        var written = call.Event.Resize(call.Event.Length);
        written[(start + 1)..].CopyTo(written[start..]);
        call.Event.Truncate(written.Length - 1);
    }

    private static void WriteDisconnectHeaders(GatewayContext context, PooledBufferWriter target)
    {
        target.Write("\"headers\":{\"Host\":"u8);
        JsonText.WriteString(target, EventHost.Of(context));
        target.Write(",\"x-api-key\":\"\",\"X-Forwarded-For\":\"\",\"x-restapi\":\"\"},\"multiValueHeaders\":{\"Host\":["u8);
        JsonText.WriteString(target, EventHost.Of(context));
        target.Write("],\"x-api-key\":[\"\"],\"X-Forwarded-For\":[\"\"],\"x-restapi\":[\"\"]},"u8);
    }

    private static void WriteContext(GatewayContext context, MessageEventPlan parts, PooledBufferWriter target)
    {
        var connection = context.Connection!;
        target.Write(parts.ContextStart);
        WriteCaller(context, target);
        if (context.EventType == WebSocketEventType.Message)
        {
            target.Write(",\"messageId\":"u8);
            JsonText.WriteString(target, context.MessageId);
        }
        else if (context.EventType == WebSocketEventType.Disconnect)
        {
            target.Write(",\"disconnectStatusCode\":"u8);
            WriteNumber(target, context.CloseStatus);
        }

        target.Write(",\"eventType\":\""u8);
        target.WriteText(EventNames.Of(context.EventType));
        target.Write("\",\"extendedRequestId\":"u8);
        JsonText.WriteString(target, context.RequestId);
        target.Write(",\"requestTime\":\""u8);
        EventTime.WriteText(target, context.ReceivedAt);
        target.WriteByte((byte)'"');
        target.Write(parts.ContextMiddle);
        EventTime.WriteEpoch(target, connection.ConnectedAt);
        if (context.EventType == WebSocketEventType.Disconnect)
        {
            target.Write(",\"disconnectReason\":"u8);
            JsonText.WriteString(target, context.CloseReason);
        }

        target.Write(",\"requestTimeEpoch\":"u8);
        EventTime.WriteEpoch(target, context.ReceivedAt);
        WriteIdentity(context, connection, target);
        target.Write(",\"requestId\":"u8);
        JsonText.WriteString(target, context.RequestId);
        target.Write(",\"domainName\":"u8);
        JsonText.WriteString(target, EventHost.Of(context));
        target.Write(",\"connectionId\":"u8);
        JsonText.WriteString(target, connection.ConnectionId);
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
        target.Write(",\"integrationLatency\":"u8);
        WriteNumber(target, context.AuthorizerLatency);
        target.WriteByte((byte)'}');
    }

    private static void WriteIdentity(GatewayContext context, ClientConnection connection, PooledBufferWriter target)
    {
        target.Write(",\"identity\":{"u8);
        var start = target.Length;
        var signed = context.Caller?.Signed;
        WriteMember(target, start, "\"accountId\":"u8, signed?.AccountId);
        WriteMember(target, start, "\"caller\":"u8, signed?.Caller);
        WriteMember(target, start, "\"accessKey\":"u8, signed?.AccessKey);
        WriteMember(target, start, "\"user\":"u8, signed?.User);
        WriteMember(target, start, "\"userArn\":"u8, signed?.UserArn);
        WriteMember(target, start, "\"principalOrgId\":"u8, signed?.PrincipalOrgId);
        WriteMember(target, start, "\"cognitoIdentityPoolId\":"u8, signed?.CognitoIdentityPoolId);
        WriteMember(target, start, "\"cognitoIdentityId\":"u8, signed?.CognitoIdentityId);
        WriteMember(target, start, "\"cognitoAuthenticationType\":"u8, signed?.CognitoAuthenticationType);
        WriteMember(target, start, "\"cognitoAuthenticationProvider\":"u8, signed?.CognitoAuthenticationProvider);
        WriteMember(target, start, "\"apiKey\":"u8, context.ApiKey ?? connection.ApiKey);
        WriteMember(target, start, "\"apiKeyId\":"u8, context.ApiKeyGrant?.KeyId ?? connection.ApiKeyId);
        WriteMember(target, start, "\"userAgent\":"u8, connection.UserAgent);
        if (context.SourceIp is { } address)
        {
            Separate(target, start);
            target.Write("\"sourceIp\":"u8);
            ForwardedHeaders.WriteAddress(target, address);
        }

        target.WriteByte((byte)'}');
    }

    private static void WriteMember(PooledBufferWriter target, int start, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
        {
            return;
        }

        Separate(target, start);
        target.Write(name);
        JsonText.WriteString(target, value);
    }

    private static void Separate(PooledBufferWriter target, int start)
    {
        if (target.Length > start)
        {
            target.WriteByte((byte)',');
        }
    }

    private static void WriteNumber(PooledBufferWriter target, long number)
    {
        Utf8Formatter.TryFormat(number, target.GetSpan(LongestNumber), out var written);
        target.Advance(written);
    }
}
