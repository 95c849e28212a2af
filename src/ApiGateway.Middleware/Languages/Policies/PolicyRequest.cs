namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What a policy is asked about.</summary>
internal readonly ref struct PolicyRequest(PolicyAction action, ArnParts resource, PolicyPrincipal principal, PolicyKeySource keys)
{
    /// <summary>What the caller wants to do.</summary>
    public readonly PolicyAction Action = action;

    /// <summary>On what: the ARN of the method, with the concrete path.</summary>
    public readonly ArnParts Resource = resource;

    /// <summary>Who.</summary>
    public readonly PolicyPrincipal Principal = principal;

    /// <summary>Values of the condition keys.</summary>
    public readonly PolicyKeySource Keys = keys;
}
