using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>A WebSocket API; <c>AWS::ApiGatewayV2::Api</c> of protocol type <c>WEBSOCKET</c>, with its routes and integrations.</summary>
public sealed class WebSocketApiDefinition : ApiDefinition
{
    /// <summary>Initializes a new instance of the <see cref="WebSocketApiDefinition"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public WebSocketApiDefinition(string name)
        : base(name, ApiKind.WebSocket)
    {
    }

    /// <summary>Gets or sets what selects the route of a message, such as <c>$request.body.action</c>. Required.</summary>
    public string? RouteSelectionExpression { get; set; }

    /// <summary>Gets or sets where the API key of a handshake is read: <c>$request.header.x-api-key</c> or
    /// <c>$context.authorizer.usageIdentifierKey</c>. The default is the header.</summary>
    public string? ApiKeySelectionExpression { get; set; }

    /// <summary>Gets or sets whether no message is validated, whatever the models of its route. The default is false.</summary>
    public bool DisableSchemaValidation { get; set; }

    /// <summary>Gets who may call <c>@connections</c> over HTTP. The default asks for a signature and the permission
    /// <c>execute-api:ManageConnections</c>. In-process code needs neither.</summary>
    public ConnectionsAccessDefinition Connections { get; } = new();

    /// <summary>Gets the routes.</summary>
    public IList<RouteDefinition> Routes { get; } = [];

    /// <summary>Gets the integrations that routes share, by id. A route names one in its <see cref="RouteDefinition.Target"/>.</summary>
    public IDictionary<string, IntegrationDefinition> Integrations { get; } =
        new Dictionary<string, IntegrationDefinition>(StringComparer.Ordinal);

    /// <summary>Gets the models by name. Their schemas are of JSON Schema draft 4.</summary>
    public IDictionary<string, ModelDefinition> Models { get; } = new Dictionary<string, ModelDefinition>(StringComparer.Ordinal);

    /// <summary>Gets the tags, which have no effect on requests.</summary>
    public IDictionary<string, string> Tags { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets what has no effect on requests: JSON by name.</summary>
    public IDictionary<string, string> Extensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
