using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>What becomes of a backend's answer; an item of <c>IntegrationResponses</c>.</summary>
/// <param name="statusCode">The status that the client gets. With WebSocket APIs there is none, and the text is empty.</param>
public sealed class IntegrationResponseDefinition(string statusCode) : DefinitionNode
{
    /// <summary>Gets the status that the client gets; one of the method's responses.</summary>
    public string StatusCode { get; } = statusCode;

    /// <summary>Gets or sets the regular expression that the backend's status or error message must match as a whole.</summary>
    /// <value>The default, none, takes what no other response takes.</value>
    public string? SelectionPattern { get; set; }

    /// <summary>Gets or sets which answers of the backend are meant: <c>/regular expression/</c>, which the status or error message must match as
    /// a whole, or <c>$default</c>. WebSocket APIs only, in place of status and pattern.</summary>
    public string? IntegrationResponseKey { get; set; }

    /// <summary>Gets or sets what selects a template of <see cref="ResponseTemplates"/>: a text, <c>${request.body.path}</c>,
    /// <c>${integration.response.statuscode}</c> or <c>${integration.response.header.name}</c>. WebSocket APIs only.</summary>
    /// <value>The default is <c>$default</c>, which also stands in where no template has the name.</value>
    public string? TemplateSelectionExpression { get; set; }

    /// <summary>Gets or sets how the body is converted.</summary>
    public ContentHandling ContentHandling { get; set; }

    /// <summary>Gets the headers: <c>method.response.header.Name</c> to an expression.</summary>
    public IDictionary<string, string> ResponseParameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the body templates by content type.</summary>
    public IDictionary<string, string> ResponseTemplates { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
