namespace ApiGateway.Middleware.Definitions;

/// <summary>A custom domain name; <c>AWS::ApiGateway::DomainName</c> with its base path mappings. It claims all requests for its host.</summary>
public sealed class DomainNameDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="DomainNameDefinition"/> class.</summary>
    /// <param name="domainName">The host name, without port; <c>*.example.com</c> means every host below it.</param>
    public DomainNameDefinition(string domainName)
    {
        ArgumentException.ThrowIfNullOrEmpty(domainName);
        DomainName = domainName;
    }

    /// <summary>Gets the host name.</summary>
    public string DomainName { get; }

    /// <summary>Gets the mappings. The longest base path that fits a request wins.</summary>
    public IList<BasePathMappingDefinition> BasePathMappings { get; } = [];
}
