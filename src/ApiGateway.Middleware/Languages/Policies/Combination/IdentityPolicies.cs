namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>The compiled policies of a caller. Immutable: a host makes them once for each credential.</summary>
internal sealed class IdentityPolicies
{
    /// <summary>A caller without policies.</summary>
    public static IdentityPolicies None { get; } = new();

    /// <summary>Gets the policies of the user or role.</summary>
    public IReadOnlyList<PolicyDocument> Identity { get; init; } = [];

    /// <summary>Gets the permissions boundary, or <see langword="null"/>.</summary>
    public PolicyDocument? Boundary { get; init; }

    /// <summary>Gets the policies of the session. An empty list does not limit it.</summary>
    public IReadOnlyList<PolicyDocument> Session { get; init; } = [];

    public IdentityDecision Evaluate(in PolicyRequest request)
    {
        // The root of an account has no policies and may do everything.
        var identity = Identity.Count == 0 && request.Principal.Type == PolicyPrincipalType.Account
            ? PolicyOutcome.Allow
            : Combine(Identity, request);
        var boundary = Boundary?.Evaluate(request).Outcome ?? PolicyOutcome.Allow;
        var session = Session.Count == 0 ? PolicyOutcome.Allow : Combine(Session, request);

        return new IdentityDecision(identity, boundary, session);
    }

    private static PolicyOutcome Combine(IReadOnlyList<PolicyDocument> documents, in PolicyRequest request)
    {
        var result = PolicyOutcome.Neither;
        for (var i = 0; i < documents.Count; i++)
        {
            var outcome = documents[i].Evaluate(request).Outcome;
            if (outcome == PolicyOutcome.ExplicitDeny)
            {
                return outcome;
            }

            if (outcome == PolicyOutcome.Allow)
            {
                result = outcome;
            }
        }

        return result;
    }
}
