using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Context;

/// <summary>The condition keys of a request. Source: "AWS condition keys that can be used in API Gateway resource policies". Keys that need a
/// signed request are absent where nobody signed.</summary>
internal sealed class RequestPolicyKeys(GatewayContext context) : PolicyKeySource
{
    public override bool TryGet(PolicyKey key, out PolicyValue value)
    {
        var request = context.Http.Request;
        switch (key.Id)
        {
            case PolicyKeyId.CurrentTime:
                value = PolicyValue.Of(context.ReceivedAt);
                return true;
            case PolicyKeyId.EpochTime:
                value = PolicyValue.Of(context.ReceivedAt.ToUnixTimeSeconds());
                return true;
            case PolicyKeyId.SecureTransport:
                value = PolicyValue.Of(ClientAddress.IsSecure(context));
                return true;
            case PolicyKeyId.SourceIp when context.SourceIp is { } address:
                value = PolicyValue.Of(address);
                return true;
            case PolicyKeyId.UserAgent when request.Headers.UserAgent is [{ } agent, ..]:
                value = PolicyValue.Of(agent);
                return true;
            case PolicyKeyId.Referer when request.Headers.Referer is [{ } referer, ..]:
                value = PolicyValue.Of(referer);
                return true;
            case PolicyKeyId.PrincipalType when context.Signer is null:
                value = PolicyValue.Of("Anonymous");
                return true;
            case PolicyKeyId.UserId when context.Signer is null:
                value = PolicyValue.Of("anonymous");
                return true;
            case PolicyKeyId.RequestedRegion:
                value = PolicyValue.Of(context.Api.Region);
                return true;
            case PolicyKeyId.ResourceAccount:
                value = PolicyValue.Of(context.Api.AccountId);
                return true;
            case PolicyKeyId.ViaAwsService:
                value = PolicyValue.Of(false);
                return true;
            case PolicyKeyId.Other:
                value = default;
                return context.Snapshot.ConditionKeys is { } keys && keys.TryGet(key, context.Http, out value);
            default:
                value = default;
                return context.Signer is { } signer && SignerPolicyKeys.TryGet(signer, key, out value);
        }
    }
}
