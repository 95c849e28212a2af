using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>What becomes of a backend's answer; an item of <c>IntegrationResponses</c>.</summary>
/// <param name="statusCode">The status that the client gets.</param>
public sealed class IntegrationResponseDefinition(string statusCode) : DefinitionNode
{
    /// <summary>Gets the status that the client gets; one of the method's responses.</summary>
    public string StatusCode { get; } = statusCode;

    /// <summary>Gets or sets the regular expression that the backend's status or error message must match as a whole.</summary>
    /// <value>The default, none, takes what no other response takes.</value>
    public string? SelectionPattern { get; set; }

    /// <summary>Gets or sets how the body is converted.</summary>
    public ContentHandling ContentHandling { get; set; }

    /// <summary>Gets the headers: <c>method.response.header.Name</c> to an expression.</summary>
    public IDictionary<string, string> ResponseParameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the body templates by content type.</summary>
    public IDictionary<string, string> ResponseTemplates { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
