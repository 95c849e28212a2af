namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What a caller is.</summary>
internal enum PolicyPrincipalType
{
    /// <summary>Nobody signed the request: no authorization, an authorizer, or a token.</summary>
    Anonymous,

    /// <summary>The root of an account.</summary>
    Account,

    /// <summary>A user of an account.</summary>
    User,

    /// <summary>A session of a role.</summary>
    AssumedRole,

    /// <summary>A federated user of an account.</summary>
    FederatedUser,

    /// <summary>Something else that is known by its lists only.</summary>
    Other,
}
