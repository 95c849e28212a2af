namespace ApiGateway.Middleware.Languages.Policies.Combination;

/// <summary>Whose policy refused a request; it decides the text of the answer.</summary>
internal enum PolicySource
{
    /// <summary>Nobody's: the request is allowed.</summary>
    None,

    /// <summary>That of the API.</summary>
    ResourcePolicy,

    /// <summary>Those of the caller.</summary>
    IdentityPolicy,

    /// <summary>The caller's permissions boundary.</summary>
    PermissionsBoundary,

    /// <summary>Those of the caller's session.</summary>
    SessionPolicy,

    /// <summary>That which an authorizer returned.</summary>
    Authorizer,

    /// <summary>That of a private endpoint.</summary>
    EndpointPolicy,
}
