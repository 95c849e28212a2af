namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>Where a policy document comes from; its grammar and its bounds follow from that.</summary>
internal enum PolicyKind
{
    /// <summary>Attached to an API: every statement names principals.</summary>
    Resource,

    /// <summary>Attached to a caller, as identity policy, permissions boundary or session policy: no principals.</summary>
    Identity,

    /// <summary>Returned by an authorizer at run time: principals and unknown elements are ignored.</summary>
    Authorizer,

    /// <summary>Attached to a private endpoint: as <see cref="Resource"/>, without the short form of ARNs.</summary>
    Endpoint,
}
