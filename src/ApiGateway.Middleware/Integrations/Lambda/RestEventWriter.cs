using System.Buffers.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

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
        var parts = plan.Event!;
        target.Write(parts.Start);
        JsonText.WriteString(target, PathFrom(context, context.Selection.ResourceStart));
        target.Write(",\"httpMethod\":\""u8);
        target.WriteText(context.MethodName);
        target.WriteByte((byte)'"');
        WriteHeaders(context, plan.IsAws, call, time);
        EventMaps.WriteQuery(call, context.Target.Query, Null);
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
        target.WriteText(context.MethodName);
        target.WriteByte((byte)'"');
        WriteHeaders(context, isAws, call, time);
        EventMaps.WriteQuery(call, context.Target.Query, Empty);
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
        EventMaps.BeginHeaders(call.Event, call.Scratch);
        EventMaps.WriteHeaders(context, isAws, LambdaHeaderRules.EventDropped, call, time);
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
        var host = EventHost.Of(context);
        target.Write(parts.ContextStart);
        target.WriteByte((byte)'"');
        target.WriteText(context.MethodName);
        target.Write("\",\"extendedRequestId\":"u8);
        JsonText.WriteString(target, context.ExtendedRequestId);
        target.Write(",\"requestTime\":\""u8);
        EventTime.WriteText(target, context.ReceivedAt);
        target.Write("\",\"path\":"u8);
        JsonText.WriteString(target, PathFrom(context, context.Selection.Start));
        target.Write(parts.ContextMiddle);
        JsonText.WriteString(target, EventHost.Prefix(host));
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
}
