namespace ApiGateway.Middleware.Definitions;

/// <summary>Everything that the definition providers contributed; input of the compiler.</summary>
public sealed class GatewayDefinition
{
    /// <summary>Gets the APIs, in the order in which they were added.</summary>
    public IList<ApiDefinition> Apis { get; } = [];

    /// <summary>Gets the custom domain names, in the order in which they were added.</summary>
    public IList<DomainNameDefinition> DomainNames { get; } = [];
}
