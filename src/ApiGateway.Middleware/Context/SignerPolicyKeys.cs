using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Languages.Policies;

namespace ApiGateway.Middleware.Context;

/// <summary>The condition keys that a signed request has beside the others. What the owner of the key does not have is absent, not empty.</summary>
internal static class SignerPolicyKeys
{
    public static bool TryGet(SignedCaller signer, PolicyKey key, out PolicyValue value)
    {
        var owner = signer.Credential;
        var isTemporary = owner.SessionToken is not null;
        switch (key.Id)
        {
            case PolicyKeyId.PrincipalArn:
                value = PolicyValue.Of(signer.PrincipalArn);
                return true;
            case PolicyKeyId.PrincipalAccount when signer.Principal.AccountId is { } account:
                value = PolicyValue.Of(account);
                return true;
            case PolicyKeyId.PrincipalType:
                value = PolicyValue.Of(NameOf(owner.PrincipalType));
                return true;
            case PolicyKeyId.UserId when owner.UserId is { } id:
                value = PolicyValue.Of(id);
                return true;
            case PolicyKeyId.UserName when owner is { PrincipalType: SigV4PrincipalType.User, UserName: { } name }:
                value = PolicyValue.Of(name);
                return true;
            case PolicyKeyId.PrincipalOrgId when owner.OrgId is { } organization:
                value = PolicyValue.Of(organization);
                return true;
            case PolicyKeyId.PrincipalOrgPaths when owner.OrgPaths.Count > 0:
                value = PolicyValue.Of(owner.OrgPaths);
                return true;
            case PolicyKeyId.PrincipalTag when signer.Tags.TryGetValue(key.Argument, out var tag):
                value = PolicyValue.Of(tag);
                return true;
            case PolicyKeyId.TokenIssueTime when isTemporary && owner.SessionIssuedAt is { } issuedAt:
                value = PolicyValue.Of(issuedAt);
                return true;
            case PolicyKeyId.MultiFactorAuthPresent when isTemporary && owner.MfaPresent is { } isPresent:
                value = PolicyValue.Of(isPresent);
                return true;
            case PolicyKeyId.MultiFactorAuthAge when owner is { MfaPresent: true, MfaAge: { } age }:
                value = PolicyValue.Of((long)age.TotalSeconds);
                return true;
            default:
                value = default;
                return false;
        }
    }

    private static string NameOf(SigV4PrincipalType type) => type switch
    {
        SigV4PrincipalType.Account => "Account",
        SigV4PrincipalType.AssumedRole => "AssumedRole",
        SigV4PrincipalType.FederatedUser => "FederatedUser",
        SigV4PrincipalType.Anonymous => "Anonymous",
        _ => "User",
    };
}
