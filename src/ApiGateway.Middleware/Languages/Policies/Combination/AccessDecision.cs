using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>What all policies together say about a request. The default refuses.</summary>
/// <param name="Outcome">What they say.</param>
/// <param name="RefusedBy">Whose policy refused.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccessDecision(AccessOutcome Outcome, PolicySource RefusedBy)
{
    public static AccessDecision Allow { get; } = new(AccessOutcome.Allow, PolicySource.None);

    /// <summary>Gets whether the request may go on.</summary>
    public bool IsAllowed => Outcome == AccessOutcome.Allow;

    public static AccessDecision Deny(PolicySource source) => new(AccessOutcome.ExplicitDeny, source);

    public static AccessDecision DenyImplicitly(PolicySource source) => new(AccessOutcome.ImplicitDeny, source);
}
