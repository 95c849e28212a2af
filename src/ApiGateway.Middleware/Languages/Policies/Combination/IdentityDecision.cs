using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>What the policies on the caller's side say. An absent boundary or session policy allows.</summary>
/// <param name="Identity">All identity policies together.</param>
/// <param name="Boundary">The permissions boundary.</param>
/// <param name="Session">All session policies together.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IdentityDecision(PolicyOutcome Identity, PolicyOutcome Boundary, PolicyOutcome Session)
{
    /// <summary>Gets whether the caller's side alone allows the request.</summary>
    public bool IsAllowed => Identity == PolicyOutcome.Allow && IsWithinLimits;

    /// <summary>Gets whether boundary and session leave room for what another policy allows.</summary>
    public bool IsWithinLimits => Boundary == PolicyOutcome.Allow && Session == PolicyOutcome.Allow;

    /// <summary>Gets whose policy denies, if one does.</summary>
    public PolicySource DeniedBy =>
        Identity == PolicyOutcome.ExplicitDeny ? PolicySource.IdentityPolicy
        : Boundary == PolicyOutcome.ExplicitDeny ? PolicySource.PermissionsBoundary
        : Session == PolicyOutcome.ExplicitDeny ? PolicySource.SessionPolicy
        : PolicySource.None;

    /// <summary>Gets whose policy fails to allow, if one does.</summary>
    public PolicySource NotAllowedBy =>
        Identity != PolicyOutcome.Allow ? PolicySource.IdentityPolicy : LimitedBy;

    /// <summary>Gets which limit leaves no room, if one does.</summary>
    public PolicySource LimitedBy =>
        Boundary != PolicyOutcome.Allow ? PolicySource.PermissionsBoundary
        : Session != PolicyOutcome.Allow ? PolicySource.SessionPolicy
        : PolicySource.None;
}
