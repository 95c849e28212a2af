namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>Puts the policy of an API together with what the method's authorization found.</summary>
/// <remarks>
/// See "How API Gateway resource policies affect authorization workflow" and "Policy evaluation logic". A resource policy
/// that is <see langword="null"/> is not attached; the decision of one that is attached must be handed over.
/// </remarks>
internal static class PolicyCombination
{
    /// <summary>For a private endpoint, an API without a policy refuses everyone; ask this before anything else.</summary>
    public static AccessDecision PrivateEndpoint(PolicyDecision? resource, PolicyDecision? endpoint) =>
        resource is null ? AccessDecision.DenyImplicitly(PolicySource.ResourcePolicy)
        : endpoint is { } found ? Alone(found, PolicySource.EndpointPolicy)
        : AccessDecision.Allow;

    /// <summary>No authorization: only an explicit permission passes, if there is a policy.</summary>
    public static AccessDecision Unauthenticated(PolicyDecision? resource) =>
        resource is { } found ? Alone(found, PolicySource.ResourcePolicy) : AccessDecision.Allow;

    /// <summary>Tokens of a user pool or another issuer, after they were found good: as without authorization.</summary>
    public static AccessDecision Token(PolicyDecision? resource) => Unauthenticated(resource);

    /// <summary>Before an authorizer is called: only a denial refuses.</summary>
    public static AccessDecision BeforeAuthorizer(PolicyDecision? resource) =>
        resource is { Outcome: PolicyOutcome.ExplicitDeny } ? AccessDecision.Deny(PolicySource.ResourcePolicy) : AccessDecision.Allow;

    /// <summary>After an authorizer has returned a policy: one permission is enough, one denial refuses.</summary>
    public static AccessDecision Authorizer(PolicyDecision? resource, PolicyOutcome authorizer)
    {
        var found = resource?.Outcome ?? PolicyOutcome.Neither;
        if (found == PolicyOutcome.ExplicitDeny)
        {
            return AccessDecision.Deny(PolicySource.ResourcePolicy);
        }

        if (authorizer == PolicyOutcome.ExplicitDeny)
        {
            return AccessDecision.Deny(PolicySource.Authorizer);
        }

        return found == PolicyOutcome.Allow || authorizer == PolicyOutcome.Allow
            ? AccessDecision.Allow
            : AccessDecision.DenyImplicitly(PolicySource.Authorizer);
    }

    /// <summary>A signed request of a caller whose account owns the API: one side's permission is enough.</summary>
    /// <remarks>
    /// A resource policy that names the user or session itself is not limited by what the caller's side fails to allow; one
    /// that names the role, the account or everyone stays within boundary and session policies.
    /// </remarks>
    public static AccessDecision SameAccount(PolicyDecision? resource, in IdentityDecision identity)
    {
        if (Denied(resource, identity) is { } denied)
        {
            return denied;
        }

        if (identity.IsAllowed)
        {
            return AccessDecision.Allow;
        }

        if (resource is not { Outcome: PolicyOutcome.Allow } found)
        {
            return AccessDecision.DenyImplicitly(identity.NotAllowedBy);
        }

        return found.Match == PrincipalMatch.Direct || identity.IsWithinLimits
            ? AccessDecision.Allow
            : AccessDecision.DenyImplicitly(identity.LimitedBy);
    }

    /// <summary>A signed request of a caller of another account: both sides must allow.</summary>
    public static AccessDecision CrossAccount(PolicyDecision? resource, in IdentityDecision identity)
    {
        if (Denied(resource, identity) is { } denied)
        {
            return denied;
        }

        if (resource is not { Outcome: PolicyOutcome.Allow })
        {
            return AccessDecision.DenyImplicitly(PolicySource.ResourcePolicy);
        }

        return identity.IsAllowed ? AccessDecision.Allow : AccessDecision.DenyImplicitly(identity.NotAllowedBy);
    }

    private static AccessDecision? Denied(PolicyDecision? resource, in IdentityDecision identity)
    {
        if (resource is { Outcome: PolicyOutcome.ExplicitDeny })
        {
            return AccessDecision.Deny(PolicySource.ResourcePolicy);
        }

        return identity.DeniedBy is var source and not PolicySource.None ? AccessDecision.Deny(source) : null;
    }

    private static AccessDecision Alone(PolicyDecision decision, PolicySource source) => decision.Outcome switch
    {
        PolicyOutcome.Allow => AccessDecision.Allow,
        PolicyOutcome.ExplicitDeny => AccessDecision.Deny(source),
        _ => AccessDecision.DenyImplicitly(source),
    };
}
