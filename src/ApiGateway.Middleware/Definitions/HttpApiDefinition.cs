using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>An HTTP API; <c>AWS::ApiGatewayV2::Api</c> of protocol type <c>HTTP</c>, with its routes and integrations.</summary>
public sealed class HttpApiDefinition : ApiDefinition
{
    /// <summary>Initializes a new instance of the <see cref="HttpApiDefinition"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public HttpApiDefinition(string name)
        : base(name, ApiKind.Http)
    {
    }

    /// <summary>Gets or sets how a route is selected. HTTP APIs know one way: <c>${request.method} ${request.path}</c>.</summary>
    /// <value>The default, <see langword="null"/>, means the same; any other value is an error.</value>
    public string? RouteSelectionExpression { get; set; }

    /// <summary>Gets the routes.</summary>
    public IList<RouteDefinition> Routes { get; } = [];

    /// <summary>Gets the integrations that routes share, by id. A route names one in its <see cref="RouteDefinition.Target"/>.</summary>
    public IDictionary<string, IntegrationDefinition> Integrations { get; } =
        new Dictionary<string, IntegrationDefinition>(StringComparer.Ordinal);

    /// <summary>Gets or sets who may call from other origins. The default, none, leaves that to the backends.</summary>
    public HttpCorsDefinition? CorsConfiguration { get; set; }
}
