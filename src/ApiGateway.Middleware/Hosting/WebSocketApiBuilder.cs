using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes a WebSocket API in code. Everything that has no method here is a property of <see cref="Definition"/>.</summary>
/// <remarks>Source: "API Gateway WebSocket APIs" in the Amazon API Gateway developer guide.</remarks>
public sealed class WebSocketApiBuilder
{
    private const string Connect = "$connect";
    private const string Disconnect = "$disconnect";
    private const string Default = "$default";

    /// <summary>Initializes a new instance of the <see cref="WebSocketApiBuilder"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public WebSocketApiBuilder(string name) => Definition = new WebSocketApiDefinition(name) { RouteSelectionExpression = "$request.body.action" };

    /// <summary>Gets the definition that is written. Its route selection expression is <c>$request.body.action</c> until it is set.</summary>
    public WebSocketApiDefinition Definition { get; }

    /// <summary>Sets what selects the route of a message.</summary>
    /// <param name="expression">The expression, such as <c>$request.body.action</c> or <c>${request.body.service}/${request.body.action}</c>.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder SelectRouteBy(string expression)
    {
        ArgumentException.ThrowIfNullOrEmpty(expression);

        Definition.RouteSelectionExpression = expression;
        return this;
    }

    /// <summary>Adds the route that is asked whether a client may connect. Without one, everybody may.</summary>
    /// <param name="configure">Sets integration and access.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder OnConnect(Action<WebSocketRouteBuilder> configure) => Map(Connect, configure);

    /// <summary>Adds the route that is told, once, of the end of each connection.</summary>
    /// <param name="configure">Sets the integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder OnDisconnect(Action<WebSocketRouteBuilder> configure) => Map(Disconnect, configure);

    /// <summary>Adds the route of messages that no other takes. Without one they are answered <c>Forbidden</c>.</summary>
    /// <param name="configure">Sets the integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder OnDefault(Action<WebSocketRouteBuilder> configure) => Map(Default, configure);

    /// <summary>Adds a route.</summary>
    /// <param name="routeKey">What the route selection expression gives for its messages; case counts.</param>
    /// <param name="configure">Sets the integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder Map(string routeKey, Action<WebSocketRouteBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(routeKey);
        ArgumentNullException.ThrowIfNull(configure);

        var route = new WebSocketRouteBuilder(new RouteDefinition(routeKey));
        configure(route);
        Definition.Routes.Add(route.Definition);
        return this;
    }

    /// <summary>Adds an integration that routes share by <see cref="WebSocketRouteBuilder.Target"/>.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="integration">The integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder Integration(string id, IntegrationDefinition integration)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(integration);

        Definition.Integrations[id] = integration;
        return this;
    }

    /// <summary>Adds a model that messages can be validated by.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="schema">JSON Schema of draft 4, or of draft 2020-12 if it says so.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder Model(string name, string schema)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(schema);

        Definition.Models[name] = new ModelDefinition(name, schema)
        {
            IsDraft2020 = schema.Contains("json-schema.org/draft/2020-12/", StringComparison.Ordinal),
        };
        return this;
    }

    /// <summary>Adds a stage.</summary>
    /// <param name="name">The name: the first segment of the path.</param>
    /// <param name="variables">Stage variables.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder Stage(string name, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        Stages.Add(Definition.Stages, name, variables);
        return this;
    }

    /// <summary>Limits how often a stage is used, by all clients together; each route has a limit of its own.</summary>
    /// <param name="stage">The stage, which has to be there already.</param>
    /// <param name="rateLimit">Messages, or handshakes, per second.</param>
    /// <param name="burstLimit">How many may come at once.</param>
    /// <param name="routeKey">The route, or <see langword="null"/> for all that have no limit of their own.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such stage yet.</exception>
    public WebSocketApiBuilder Throttle(string stage, double rateLimit, int burstLimit, string? routeKey = null)
    {
        Stages.Throttle(Definition.Stages, stage, rateLimit, burstLimit, routeKey);
        return this;
    }

    /// <summary>Lets the API answer at a host only.</summary>
    /// <param name="host">The host, without port; <c>*.example.com</c> means every host below it.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder Host(string host)
    {
        Definition.Hosts.Add(host);
        return this;
    }

    /// <summary>Sets the path before the stage.</summary>
    /// <param name="path">The path, such as <c>/live</c>.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder BasePath(string path)
    {
        Definition.BasePath = path;
        return this;
    }

    /// <summary>Adds an authorizer of type <c>REQUEST</c>.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Sets its <c>Handler</c> or <c>AuthorizerUri</c>, and its identity sources such as <c>route.request.querystring.token</c>.</param>
    /// <returns>The same builder.</returns>
    public WebSocketApiBuilder Authorizer(string name, Action<AuthorizerDefinition> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);

        var authorizer = new AuthorizerDefinition(name) { Type = "REQUEST" };
        configure(authorizer);
        Definition.Authorizers[name] = authorizer;
        return this;
    }
}
