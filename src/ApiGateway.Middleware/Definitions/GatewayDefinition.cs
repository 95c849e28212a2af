namespace ApiGateway.Middleware.Definitions;

/// <summary>Everything that the definition providers contributed; input of the compiler.</summary>
public sealed class GatewayDefinition
{
    /// <summary>Gets the APIs, in the order in which they were added.</summary>
    public IList<ApiDefinition> Apis { get; } = [];

    /// <summary>Gets the custom domain names, in the order in which they were added.</summary>
    public IList<DomainNameDefinition> DomainNames { get; } = [];

    /// <summary>Gets the usage plans, in the order in which they were added.</summary>
    public IList<UsagePlanDefinition> UsagePlans { get; } = [];

    /// <summary>Gets the API keys, in the order in which they were added.</summary>
    public IList<ApiKeyDefinition> ApiKeys { get; } = [];

    /// <summary>Gets or sets the limit of all requests to all APIs together; what an account has in a region. The default is none.</summary>
    public ThrottleDefinition? Throttle { get; set; }

    /// <summary>Gets or sets the limit of new connections to all WebSocket APIs together. The default is none; Amazon API Gateway opens 500 per second.</summary>
    public ThrottleDefinition? ConnectionThrottle { get; set; }
}
