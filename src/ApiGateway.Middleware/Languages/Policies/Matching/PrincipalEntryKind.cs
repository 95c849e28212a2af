namespace ApiGateway.Middleware.Languages.Policies.Matching;

/// <summary>What an entry of <c>Principal</c> names.</summary>
internal enum PrincipalEntryKind
{
    /// <summary>Nobody: an entry that can match no caller.</summary>
    Nobody,
    Everyone,
    Account,
    Role,

    /// <summary>One ARN of a user or session.</summary>
    Arn,
    Service,
    Federated,
    CanonicalUser,
}
