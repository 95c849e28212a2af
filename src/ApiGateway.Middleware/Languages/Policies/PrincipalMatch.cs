namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>How closely a statement names the caller. Closer is greater.</summary>
internal enum PrincipalMatch
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>With everyone, or because the document has no principals.</summary>
    Everyone,

    /// <summary>By account.</summary>
    Account,

    /// <summary>By the role of the session.</summary>
    Role,

    /// <summary>By the very ARN of the user or session, or as service or federated caller.</summary>
    Direct,
}
