using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes a REST API in code.</summary>
public sealed class RestApiBuilder
{
    /// <summary>Initializes a new instance of the <see cref="RestApiBuilder"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public RestApiBuilder(string name) => Definition = new RestApiDefinition(name);

    /// <summary>Gets the definition that is being written, for settings without a method here.</summary>
    public RestApiDefinition Definition { get; }

    /// <summary>Adds a method of a resource.</summary>
    /// <param name="routeKey">Method and path, as in settings: <c>GET /orders/{id}</c> or <c>ANY /files/{proxy+}</c>.</param>
    /// <param name="configure">Says what answers.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="routeKey"/> has no space between method and path.</exception>
    public RestApiBuilder Map(string routeKey, Action<MethodBuilder> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(routeKey);
        ArgumentNullException.ThrowIfNull(configure);

        if (!RouteKey.TryParse(routeKey, out var httpMethod, out var path))
        {
            throw new ArgumentException($"A route key is 'METHOD /path', but is '{routeKey}'.", nameof(routeKey));
        }

        var method = new MethodBuilder(new MethodDefinition(httpMethod, path));
        configure(method);
        Definition.Methods.Add(method.Definition);
        return this;
    }

    /// <summary>Adds a stage.</summary>
    /// <param name="name">The stage's name.</param>
    /// <param name="variables">The stage variables.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Stage(string name, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        Stages.Add(Definition.Stages, name, variables);
        return this;
    }

    /// <summary>Limits how often the methods of a stage are called, by all callers together. The stage has to be there already.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="rateLimit">Requests per second, from 0 to 1,000,000,000.</param>
    /// <param name="burstLimit">Requests at once, 0 or more.</param>
    /// <param name="method">The method, such as <c>/orders/GET</c>. The default gives each method of the stage a limit of its own.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    public RestApiBuilder Throttle(string stage, double rateLimit, int burstLimit, string method = "*/*")
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(method);
        if (!Definition.Stages.TryGetValue(stage, out var definition))
        {
            throw new ArgumentException($"The API has no stage '{stage}'. Add it before its limits.", nameof(stage));
        }

        var setting = SettingOf(definition, method);
        (setting.ThrottlingRateLimit, setting.ThrottlingBurstLimit) = (rateLimit, burstLimit);
        return this;
    }

    /// <summary>Caches answers of a stage's methods. The stage has to be there already.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="timeToLive">How long answers are kept, in seconds, from 0 to 3,600.</param>
    /// <param name="method">The method, such as <c>/orders/GET</c>. The default means the <c>GET</c> requests of all.</param>
    /// <param name="configure">Sets more of the method's settings.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    /// <remarks>What the answers of a method depend on stands in <see cref="IntegrationDefinition.CacheKeyParameters"/> of its integration.</remarks>
    public RestApiBuilder Cache(string stage, int timeToLive = 300, string method = "*/*", Action<MethodSettingDefinition>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(method);
        if (!Definition.Stages.TryGetValue(stage, out var definition))
        {
            throw new ArgumentException($"The API has no stage '{stage}'. Add it before its cache.", nameof(stage));
        }

        definition.CacheClusterEnabled = true;
        var setting = SettingOf(definition, method);
        (setting.CachingEnabled, setting.CacheTtlInSeconds) = (true, timeToLive);
        configure?.Invoke(setting);
        return this;
    }

    /// <summary>Says what the API's caches do beyond those of Amazon API Gateway.</summary>
    /// <param name="configure">Sets what is wanted.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder CachePolicy(Action<CachePolicyDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        configure(Definition.Cache ??= new CachePolicyDefinition());
        return this;
    }

    /// <summary>Limits all methods of the API by caller, all stages together.</summary>
    /// <param name="name">The limit's name, which refused callers are told: letters, digits, hyphens, underscores and dots.</param>
    /// <param name="configure">Says what tells callers apart, and how often they may call.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder RateLimit(string name, Action<RateLimitDefinition> configure)
    {
        RateLimits.Add(Definition.RateLimits, name, configure);
        return this;
    }

    /// <summary>Limits all methods of a stage by caller. The stage has to be there already.</summary>
    /// <param name="stage">The stage's name.</param>
    /// <param name="name">The limit's name, which refused callers are told: letters, digits, hyphens, underscores and dots.</param>
    /// <param name="configure">Says what tells callers apart, and how often they may call.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    public RestApiBuilder RateLimit(string stage, string name, Action<RateLimitDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(stage);
        if (!Definition.Stages.TryGetValue(stage, out var definition))
        {
            throw new ArgumentException($"The API has no stage '{stage}'. Add it before its limits.", nameof(stage));
        }

        RateLimits.Add(definition.RateLimits, name, configure);
        return this;
    }

    /// <summary>Adds a host at which alone the API answers.</summary>
    /// <param name="host">The host, without port; <c>*.example.com</c> means every host below it.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Host(string host)
    {
        Definition.Hosts.Add(host);
        return this;
    }

    /// <summary>Sets the path before the stage.</summary>
    /// <param name="path">The path, such as <c>/shop</c>.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder BasePath(string path)
    {
        Definition.BasePath = path;
        return this;
    }

    /// <summary>Adds a model that bodies are validated against.</summary>
    /// <param name="name">The model's name: letters and digits.</param>
    /// <param name="schema">The JSON schema, as JSON text.</param>
    /// <param name="configure">Sets more of the model.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Model(string name, string schema, Action<ModelDefinition>? configure = null)
    {
        var model = new ModelDefinition(name, schema);
        configure?.Invoke(model);
        Definition.Models[name] = model;
        return this;
    }

    /// <summary>Adds a request validator.</summary>
    /// <param name="name">The validator's name, by which methods refer to it.</param>
    /// <param name="body">Whether the body must match its model.</param>
    /// <param name="parameters">Whether required parameters must be there.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder RequestValidator(string name, bool body, bool parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        Definition.RequestValidators[name] = new RequestValidatorDefinition(name) { ValidateRequestBody = body, ValidateRequestParameters = parameters };
        return this;
    }

    /// <summary>Customizes an answer of the gateway.</summary>
    /// <param name="responseType">Which answer.</param>
    /// <param name="configure">Sets status, headers and templates.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder GatewayResponse(GatewayResponseType responseType, Action<GatewayResponseDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        var response = new GatewayResponseDefinition(responseType);
        configure(response);
        Definition.GatewayResponses[responseType] = response;
        return this;
    }

    /// <summary>Lets pages of other origins call the API.</summary>
    /// <param name="origins">The origins, such as <c>https://shop.example.com</c> or <c>*</c>.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Cors(params ReadOnlySpan<string> origins)
    {
        Definition.Cors ??= new CorsDefinition();
        foreach (var origin in origins)
        {
            Definition.Cors.AllowOrigins.Add(origin);
        }

        return this;
    }

    /// <summary>Lets pages of other origins call the API.</summary>
    /// <param name="configure">Sets origins, methods and headers.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Cors(Action<CorsDefinition> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        configure(Definition.Cors ??= new CorsDefinition());
        return this;
    }

    /// <summary>Adds an authorizer.</summary>
    /// <param name="name">The authorizer's name, by which methods refer to it.</param>
    /// <param name="configure">Sets its kind and what it asks.</param>
    /// <returns>The same builder.</returns>
    public RestApiBuilder Authorizer(string name, Action<AuthorizerDefinition> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);

        var authorizer = new AuthorizerDefinition(name);
        configure(authorizer);
        Definition.Authorizers[name] = authorizer;
        return this;
    }

    /// <summary>Adds an authorizer that takes tokens of user pools.</summary>
    /// <param name="name">The authorizer's name, by which methods refer to it.</param>
    /// <param name="providerArns">The user pools, such as <c>arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI</c>.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The token stands in the header <c>Authorization</c>, with or without <c>Bearer</c>.</remarks>
    public RestApiBuilder UserPoolAuthorizer(string name, params ReadOnlySpan<string> providerArns)
    {
        var authorizer = new AuthorizerDefinition(name) { Type = "COGNITO_USER_POOLS" };
        ArgumentException.ThrowIfNullOrEmpty(name);

        foreach (var arn in providerArns)
        {
            authorizer.ProviderArns.Add(arn);
        }

        Definition.Authorizers[name] = authorizer;
        return this;
    }

    /// <summary>Adds an authorizer that takes tokens of an OpenID Connect issuer; <c>JWT</c>.</summary>
    /// <param name="name">The authorizer's name, by which methods refer to it.</param>
    /// <param name="issuer">The issuer, as it stands in <c>iss</c>: an address over https without query and fragment.</param>
    /// <param name="audiences">The audiences, one of which a token must name.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>The token stands in the header <c>Authorization</c>, with or without <c>Bearer</c>, and is signed with <c>RS256</c>. For other
    /// issuers or algorithms, change <see cref="AuthorizerDefinition.JwtConfiguration"/> of <see cref="Definition"/>.</remarks>
    public RestApiBuilder JwtAuthorizer(string name, string issuer, params ReadOnlySpan<string> audiences)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(issuer);

        var trusted = new JwtIssuerDefinition(issuer);
        foreach (var audience in audiences)
        {
            trusted.Audiences.Add(audience);
        }

        Definition.Authorizers[name] = new AuthorizerDefinition(name)
        {
            Type = "JWT",
            JwtConfiguration = new JwtConfigurationDefinition { Issuers = { trusted } },
        };
        return this;
    }

    /// <summary>Adds an authorizer that is a handler of the application.</summary>
    /// <param name="name">The authorizer's name, by which methods refer to it.</param>
    /// <param name="handler">The handler's name, as it was given to <c>AddAuthorizer</c>, or <see langword="null"/> for the same name.</param>
    /// <param name="configure">Sets identity sources and how long results are remembered.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>Its type is <c>REQUEST</c>, without identity sources: the handler is asked for every request.</remarks>
    public RestApiBuilder AuthorizerHandler(string name, string? handler = null, Action<AuthorizerDefinition>? configure = null) =>
        Authorizer(name, authorizer =>
        {
            authorizer.Type = "REQUEST";
            authorizer.Handler = handler ?? name;
            configure?.Invoke(authorizer);
        });

    private static MethodSettingDefinition SettingOf(StageDefinition stage, string method)
    {
        if (!stage.MethodSettings.TryGetValue(method, out var setting))
        {
            stage.MethodSettings[method] = setting = new MethodSettingDefinition();
        }

        return setting;
    }
}
