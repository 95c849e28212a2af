using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes an HTTP API in code.</summary>
public sealed class HttpApiBuilder
{
    /// <summary>Initializes a new instance of the <see cref="HttpApiBuilder"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public HttpApiBuilder(string name) => Definition = new HttpApiDefinition(name);

    /// <summary>Gets the definition that is being written, for settings without a method here.</summary>
    public HttpApiDefinition Definition { get; }

    /// <summary>Adds a route.</summary>
    /// <param name="routeKey">Method and path, as in settings: <c>GET /orders/{id}</c>, <c>ANY /files/{proxy+}</c>, or <c>$default</c>.</param>
    /// <param name="configure">Says what answers.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder Map(string routeKey, Action<RouteBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(routeKey);
        ArgumentNullException.ThrowIfNull(configure);

        var route = new RouteBuilder(new RouteDefinition(routeKey));
        configure(route);
        Definition.Routes.Add(route.Definition);
        return this;
    }

    /// <summary>Adds an integration that routes can share.</summary>
    /// <param name="id">Its id; routes name it with <see cref="RouteBuilder.Target"/>.</param>
    /// <param name="integration">The integration.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder Integration(string id, IntegrationDefinition integration)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(integration);

        Definition.Integrations[id] = integration;
        return this;
    }

    /// <summary>Adds a stage.</summary>
    /// <param name="name">The stage's name; <c>$default</c> is served from the root.</param>
    /// <param name="variables">The stage variables.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder Stage(string name, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        Stages.Add(Definition.Stages, name, variables);
        return this;
    }

    /// <summary>Limits how often the routes of a stage are called, by all callers together. The stage has to be there already.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="rateLimit">Requests per second, from 0 to 1,000,000,000.</param>
    /// <param name="burstLimit">Requests at once, 0 or more.</param>
    /// <param name="routeKey">The route. The default gives each route of the stage a limit of its own.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    public HttpApiBuilder Throttle(string stage, double rateLimit, int burstLimit, string? routeKey = null)
    {
        Stages.Throttle(Definition.Stages, stage, rateLimit, burstLimit, routeKey);
        return this;
    }

    /// <summary>Limits all routes of the API by caller, all stages together.</summary>
    /// <param name="name">The limit's name, which refused callers are told: letters, digits, hyphens, underscores and dots.</param>
    /// <param name="configure">Says what tells callers apart, and how often they may call.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder RateLimit(string name, Action<RateLimitDefinition> configure)
    {
        RateLimits.Add(Definition.RateLimits, name, configure);
        return this;
    }

    /// <summary>Adds a host at which alone the API answers.</summary>
    /// <param name="host">The host, without port; <c>*.example.com</c> means every host below it.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder Host(string host)
    {
        Definition.Hosts.Add(host);
        return this;
    }

    /// <summary>Sets the path before the stage.</summary>
    /// <param name="path">The path, such as <c>/shop</c>.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder BasePath(string path)
    {
        Definition.BasePath = path;
        return this;
    }

    /// <summary>Lets pages of other origins call the API.</summary>
    /// <param name="configure">Sets origins, methods and headers.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder Cors(Action<HttpCorsDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        configure(Definition.CorsConfiguration ??= new HttpCorsDefinition());
        return this;
    }

    /// <summary>Adds an authorizer.</summary>
    /// <param name="name">The authorizer's name, by which routes refer to it.</param>
    /// <param name="configure">Sets its kind and what it asks.</param>
    /// <returns>The same builder.</returns>
    public HttpApiBuilder Authorizer(string name, Action<AuthorizerDefinition> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);

        var authorizer = new AuthorizerDefinition(name) { Type = "REQUEST" };
        configure(authorizer);
        Definition.Authorizers[name] = authorizer;
        return this;
    }

    /// <summary>Adds an authorizer that takes tokens of an OpenID Connect issuer; <c>JWT</c>.</summary>
    /// <param name="name">The authorizer's name, by which routes refer to it.</param>
    /// <param name="issuer">The issuer, as it stands in <c>iss</c>: an address over https without query and fragment.</param>
    /// <param name="audiences">The audiences, from 1 to 50, one of which a token must name.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The token stands in the header <c>Authorization</c>, with or without <c>Bearer</c>, and has an RSA signature. For another place,
    /// change <see cref="AuthorizerDefinition.IdentitySources"/> in <see cref="Definition"/>.</remarks>
    public HttpApiBuilder JwtAuthorizer(string name, string issuer, params ReadOnlySpan<string> audiences)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(issuer);

        var trusted = new JwtIssuerDefinition(issuer);
        foreach (var audience in audiences)
        {
            trusted.Audiences.Add(audience);
        }

        return Authorizer(name, authorizer =>
        {
            authorizer.Type = "JWT";
            authorizer.JwtConfiguration = new JwtConfigurationDefinition { Issuers = { trusted } };
        });
    }
}
