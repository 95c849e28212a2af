namespace ApiGateway.Middleware.Definitions;

/// <summary>A status that a method can answer with; an item of <c>MethodResponses</c>.</summary>
/// <param name="statusCode">The status, from 100 to 599.</param>
public sealed class MethodResponseDefinition(string statusCode) : DefinitionNode
{
    /// <summary>Gets the status.</summary>
    public string StatusCode { get; } = statusCode;

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets the headers: <c>method.response.header.Name</c>, and whether they are required.</summary>
    public IDictionary<string, bool> ResponseParameters { get; } = new Dictionary<string, bool>(StringComparer.Ordinal);

    /// <summary>Gets the models by content type. They are not validated.</summary>
    public IDictionary<string, string> ResponseModels { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
