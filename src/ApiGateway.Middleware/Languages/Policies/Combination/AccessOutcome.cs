namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>What all policies together say. The default refuses.</summary>
internal enum AccessOutcome
{
    /// <summary>Refused, because nothing allows it.</summary>
    ImplicitDeny,

    /// <summary>Allowed.</summary>
    Allow,

    /// <summary>Refused, because a statement denies it.</summary>
    ExplicitDeny,
}
