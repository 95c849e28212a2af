namespace ApiGateway.Middleware.Languages.Policies;

/// <summary>What one document says about a request. The default is no permission.</summary>
internal enum PolicyOutcome
{
    /// <summary>No statement applies.</summary>
    Neither,

    /// <summary>A statement allows, none denies.</summary>
    Allow,

    /// <summary>A statement denies.</summary>
    ExplicitDeny,
}
