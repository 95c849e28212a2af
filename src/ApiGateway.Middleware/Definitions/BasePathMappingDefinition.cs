namespace ApiGateway.Middleware.Definitions;

/// <summary>What a custom domain serves under a base path; <c>AWS::ApiGateway::BasePathMapping</c>.</summary>
public sealed class BasePathMappingDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="BasePathMappingDefinition"/> class.</summary>
    /// <param name="restApiId">The API's id.</param>
    public BasePathMappingDefinition(string restApiId)
    {
        ArgumentNullException.ThrowIfNull(restApiId);
        RestApiId = restApiId;
    }

    /// <summary>Gets the id of the API.</summary>
    public string RestApiId { get; }

    /// <summary>Gets or sets the base path, with or without slashes at its ends. The default, like <c>(none)</c>, is the root.</summary>
    public string? BasePath { get; set; }

    /// <summary>Gets or sets the stage. The default, like <c>(none)</c>, means that the client names it in the next segment.</summary>
    public string? Stage { get; set; }
}
