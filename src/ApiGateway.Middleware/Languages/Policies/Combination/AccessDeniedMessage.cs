namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>The texts of refusals, as the managed service words them.</summary>
internal static class AccessDeniedMessage
{
    private const int ShownDigits = 4;
    private const string Mask = "********";

    /// <summary>The text for a caller that is known, or anonymous: says who may not do what.</summary>
    public static string ForCaller(
        PolicyPrincipal caller, PolicyAction action, in ArnParts resource, AccessDecision decision, AccessDeniedDetail detail)
    {
        var name = caller.Type == PolicyPrincipalType.Anonymous ? "anonymous" : caller.Arn;
        return $"User: {name} is not authorized to perform: {action.Name} on resource: {Masked(resource)}{Ending(action, decision, detail)}";
    }

    /// <summary>The text for a caller whom the policy of an authorizer refuses.</summary>
    public static string ForAuthorizer(AccessDecision decision, AccessDeniedDetail detail) => decision.Outcome switch
    {
        AccessOutcome.ExplicitDeny when detail == AccessDeniedDetail.Extended =>
            "User is not authorized to access this resource with an explicit deny in an identity-based policy",
        AccessOutcome.ExplicitDeny => "User is not authorized to access this resource with an explicit deny",
        _ => "User is not authorized to access this resource",
    };

    /// <summary>An ARN with its account hidden but for the last four digits.</summary>
    public static string Masked(in ArnParts arn)
    {
        var shown = arn.Account.Length > ShownDigits ? arn.Account[^ShownDigits..] : arn.Account;
        return $"arn:{arn.Partition}:{arn.Service}:{arn.Region}:{Mask}{shown}:{arn.Resource}";
    }

    private static string Ending(PolicyAction action, AccessDecision decision, AccessDeniedDetail detail)
    {
        if (detail == AccessDeniedDetail.Classic)
        {
            return decision.Outcome == AccessOutcome.ExplicitDeny ? " with an explicit deny" : "";
        }

        var source = decision.RefusedBy switch
        {
            PolicySource.ResourcePolicy => "resource-based policy",
            PolicySource.PermissionsBoundary => "permissions boundary",
            PolicySource.SessionPolicy => "session policy",
            PolicySource.EndpointPolicy => "VPC endpoint policy",
            _ => "identity-based policy",
        };
        if (decision.Outcome != AccessOutcome.ExplicitDeny)
        {
            return $" because no {source} allows the {action.Name} action";
        }

        var article = decision.RefusedBy is PolicySource.IdentityPolicy or PolicySource.Authorizer ? "an" : "a";
        return $" with an explicit deny in {article} {source}";
    }
}
