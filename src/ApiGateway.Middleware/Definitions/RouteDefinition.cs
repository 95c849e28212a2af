using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>A route of an HTTP or WebSocket API; <c>AWS::ApiGatewayV2::Route</c>. In settings the value under a key of <c>Routes</c>.</summary>
public sealed class RouteDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="RouteDefinition"/> class.</summary>
    /// <param name="routeKey"><c>GET /orders/{id}</c>, <c>ANY /files/{proxy+}</c>, or <c>$default</c> for what no other route takes.
    /// With WebSocket APIs <c>$connect</c>, <c>$disconnect</c>, <c>$default</c>, or the text that the route selection expression gives.</param>
    public RouteDefinition(string routeKey)
    {
        ArgumentNullException.ThrowIfNull(routeKey);
        RouteKey = routeKey;
    }

    /// <summary>Gets the route's key: method and path with one space between them, or <c>$default</c>.</summary>
    public string RouteKey { get; }

    /// <summary>Gets or sets the operation's name. It has no effect on requests.</summary>
    public string? OperationName { get; set; }

    /// <summary>Gets or sets who may call.</summary>
    public AuthorizationType AuthorizationType { get; set; }

    /// <summary>Gets or sets the name of the authorizer in <see cref="ApiDefinition.Authorizers"/>.</summary>
    public string? AuthorizerId { get; set; }

    /// <summary>Gets the scopes of which a token needs one.</summary>
    public IList<string> AuthorizationScopes { get; } = [];

    /// <summary>Gets or sets which of the API's <see cref="HttpApiDefinition.Integrations"/> answers: <c>integrations/{id}</c>.</summary>
    public string? Target { get; set; }

    /// <summary>Gets or sets what answers, where the route does not share it. Settings and code only.</summary>
    /// <value>A route that has neither this nor a <see cref="Target"/> answers 500.</value>
    public IntegrationDefinition? Integration { get; set; }

    /// <summary>Gets or sets whether the handshake needs an API key. Route <c>$connect</c> of WebSocket APIs only.</summary>
    public bool ApiKeyRequired { get; set; }

    /// <summary>Gets or sets what selects the model of a message, such as <c>$request.body.messageType</c>. WebSocket APIs only.</summary>
    /// <value>The default is <c>$default</c>.</value>
    public string? ModelSelectionExpression { get; set; }

    /// <summary>Gets the names of the models that messages must match, by what <see cref="ModelSelectionExpression"/> gives, or
    /// <c>$default</c>. WebSocket APIs only.</summary>
    public IDictionary<string, string> RequestModels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets which parameters a request has, such as <c>route.request.header.Origin</c>, and whether it must. They are documentation.
    /// WebSocket APIs only.</summary>
    public IDictionary<string, bool> RequestParameters { get; } = new Dictionary<string, bool>(StringComparer.Ordinal);

    /// <summary>Gets or sets what selects the route response; <c>$default</c> is all there is. WebSocket APIs only.</summary>
    /// <value>Without it the route is one-way: the client gets no answer.</value>
    public string? RouteResponseSelectionExpression { get; set; }

    /// <summary>Gets the route responses by key; <c>$default</c> is all there is. WebSocket APIs only.</summary>
    /// <value>Without one the route is one-way: the client gets no answer.</value>
    public IDictionary<string, RouteResponseDefinition> RouteResponses { get; } =
        new Dictionary<string, RouteResponseDefinition>(StringComparer.Ordinal);

    /// <summary>Gets limits by caller of the route, by name, in each stage on its own. Settings and code only.</summary>
    public IDictionary<string, RateLimitDefinition> RateLimits { get; } = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal);
}
