using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>
/// Who calls an HTTP API, as events tell it: the member <c>requestContext.authorizer</c>. Source: "Create AWS Lambda proxy integrations for
/// HTTP APIs", and what was recorded of claims and scopes.
/// </summary>
internal static class HttpCaller
{
    /// <summary>Writes the member of format 2.0 with a comma before it, or nothing where everybody may call.</summary>
    public static void WriteFormat2(GatewayContext context, PooledBufferWriter target)
    {
        if (context.Caller is not { } caller)
        {
            return;
        }

        if (caller.Claims is not null)
        {
            target.Write(",\"authorizer\":{\"jwt\":"u8);
            target.Write(caller.EventStart);
            target.Write("}}"u8);
        }
        else if (caller.LambdaContext.Length > 0)
        {
            target.Write(",\"authorizer\":{\"lambda\":"u8);
            target.Write(caller.LambdaContext);
            target.WriteByte((byte)'}');
        }
        else if (caller.Signed is { } signed)
        {
            target.Write(",\"authorizer\":{\"iam\":"u8);
            WriteSigned(signed, target);
            target.WriteByte((byte)'}');
        }
    }

    /// <summary>Writes the member's value of format 1.0: claims and scopes, what a function said, or nulls. What a signature says stands in
    /// <c>identity</c> there.</summary>
    public static void WriteFormat1(GatewayContext context, PooledBufferWriter target)
    {
        if (context.Caller is { HasAuthorizer: true } caller)
        {
            target.Write(caller.EventStart);
            target.WriteByte((byte)'}');
        }
        else
        {
            target.Write("{\"claims\":null,\"scopes\":null}"u8);
        }
    }

    private static void WriteSigned(SignedIdentity signed, PooledBufferWriter target)
    {
        target.Write("{\"accessKey\":"u8);
        JsonText.WriteStringOrNull(target, signed.AccessKey);
        WriteMember(target, ",\"accountId\":"u8, signed.AccountId);
        WriteMember(target, ",\"callerId\":"u8, signed.Caller);
        target.Write(",\"cognitoIdentity\":"u8);
        if (signed.CognitoIdentityId is null)
        {
            target.Write("null"u8);
        }
        else
        {
            WriteCognito(signed, target);
        }

        WriteMember(target, ",\"principalOrgId\":"u8, signed.PrincipalOrgId);
        WriteMember(target, ",\"userArn\":"u8, signed.UserArn);
        WriteMember(target, ",\"userId\":"u8, signed.User);
        target.WriteByte((byte)'}');
    }

    private static void WriteCognito(SignedIdentity signed, PooledBufferWriter target)
    {
        target.Write("{\"amr\":["u8);
        var separator = ReadOnlySpan<byte>.Empty;
        foreach (var text in new ReadOnlySpan<string?>([signed.CognitoAuthenticationType, signed.CognitoAuthenticationProvider]))
        {
            if (text is not null)
            {
                target.Write(separator);
                JsonText.WriteString(target, text);
                separator = ","u8;
            }
        }

        WriteMember(target, "],\"identityId\":"u8, signed.CognitoIdentityId);
        WriteMember(target, ",\"identityPoolId\":"u8, signed.CognitoIdentityPoolId);
        target.WriteByte((byte)'}');
    }

    private static void WriteMember(PooledBufferWriter target, ReadOnlySpan<byte> name, string? value)
    {
        target.Write(name);
        JsonText.WriteStringOrNull(target, value);
    }
}
