namespace ApiGateway.Middleware.Definitions;

/// <summary>What of a request is validated; <c>AWS::ApiGateway::RequestValidator</c>.</summary>
/// <param name="name">The validator's name, by which methods refer to it.</param>
public sealed class RequestValidatorDefinition(string name) : DefinitionNode
{
    /// <summary>Gets the validator's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets or sets whether the body must match its model.</summary>
    public bool ValidateRequestBody { get; set; }

    /// <summary>Gets or sets whether required parameters must be there.</summary>
    public bool ValidateRequestParameters { get; set; }
}
