namespace ApiGateway.Middleware.Definitions;

/// <summary>That a route of a WebSocket API answers its messages; <c>AWS::ApiGatewayV2::RouteResponse</c>.</summary>
/// <param name="routeResponseKey">The key; there is one only, <c>$default</c>.</param>
public sealed class RouteResponseDefinition(string routeResponseKey) : DefinitionNode
{
    /// <summary>Gets the key.</summary>
    public string RouteResponseKey { get; } = routeResponseKey;

    /// <summary>Gets or sets an expression that selects a model. It has no effect on messages.</summary>
    public string? ModelSelectionExpression { get; set; }

    /// <summary>Gets the models of answers, by key. They are documentation: answers are not validated.</summary>
    public IDictionary<string, string> ResponseModels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets which parameters answers have, and whether they must. They are documentation.</summary>
    public IDictionary<string, bool> ResponseParameters { get; } = new Dictionary<string, bool>(StringComparer.Ordinal);
}
