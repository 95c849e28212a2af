using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>A customized answer of the gateway; <c>AWS::ApiGateway::GatewayResponse</c>.</summary>
/// <param name="responseType">Which answer.</param>
public sealed class GatewayResponseDefinition(GatewayResponseType responseType) : DefinitionNode
{
    /// <summary>Gets which answer this is.</summary>
    public GatewayResponseType ResponseType { get; } = responseType;

    /// <summary>Gets or sets the status, from 200 to 599. The default is the type's own.</summary>
    public int? StatusCode { get; set; }

    /// <summary>Gets the headers: <c>gatewayresponse.header.Name</c> to an expression such as <c>'text'</c> or <c>context.requestId</c>.</summary>
    public IDictionary<string, string> ResponseParameters { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the body templates by content type. Without any, the default template applies.</summary>
    public IDictionary<string, string> ResponseTemplates { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
