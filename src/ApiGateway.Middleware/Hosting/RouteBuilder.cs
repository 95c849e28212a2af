using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Says in code what answers a route of an HTTP API.</summary>
public sealed class RouteBuilder
{
    /// <summary>Initializes a new instance of the <see cref="RouteBuilder"/> class.</summary>
    /// <param name="definition">The definition to write to.</param>
    public RouteBuilder(RouteDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
    }

    /// <summary>Gets the definition that is being written, for settings without a method here.</summary>
    public RouteDefinition Definition { get; }

    /// <summary>Hands requests to an HTTP backend.</summary>
    /// <param name="uri">The backend's address, with <c>{name}</c> for path variables and <c>${stageVariables.name}</c> for stage variables.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder HttpProxy(string uri, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri }, configure);

    /// <summary>Hands the whole request to a Lambda function as an event of format 2.0; <c>AWS_PROXY</c>.</summary>
    /// <param name="function">The function: a name or an ARN, with or without version or alias; <c>${stageVariables.name}</c> is filled in.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder LambdaProxy(string function, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.AwsProxy) { Uri = function, PayloadFormatVersion = "2.0" }, configure);

    /// <summary>Lets the application answer: a named handler, or the rest of its pipeline.</summary>
    /// <param name="handler">The handler's name, or <see langword="null"/> for the rest of the pipeline.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder InProcess(string? handler = null, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.InProcess) { Handler = handler }, configure);

    /// <summary>Carries out an action of an AWS service; <c>AWS_PROXY</c> with a subtype.</summary>
    /// <param name="subtype">The subtype, such as <c>SQS-SendMessage</c>.</param>
    /// <param name="parameters">The action's parameters by name, with values such as <c>$request.body</c>.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder ServiceAction(string subtype, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(subtype);

        var integration = new IntegrationDefinition(IntegrationKind.AwsProxy) { IntegrationSubtype = subtype };
        foreach (var (name, value) in parameters)
        {
            integration.RequestParameters[name] = value;
        }

        return Use(integration, null);
    }

    /// <summary>Names an integration that the API's routes share.</summary>
    /// <param name="integrationId">Its id, as it was given to <see cref="HttpApiBuilder.Integration"/>.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder Target(string integrationId)
    {
        ArgumentException.ThrowIfNullOrEmpty(integrationId);

        Definition.Target = $"integrations/{integrationId}";
        return this;
    }

    /// <summary>Lets an authorizer of the API decide who may call; <c>CUSTOM</c>.</summary>
    /// <param name="authorizer">The authorizer's name in the API.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder Authorize(string authorizer)
    {
        ArgumentException.ThrowIfNullOrEmpty(authorizer);

        Definition.AuthorizationType = AuthorizationType.Custom;
        Definition.AuthorizerId = authorizer;
        return this;
    }

    /// <summary>Lets in callers that sign their requests with Signature Version 4; <c>AWS_IAM</c>.</summary>
    /// <returns>The same builder.</returns>
    public RouteBuilder AuthorizeIam()
    {
        Definition.AuthorizationType = AuthorizationType.AwsIam;
        Definition.AuthorizerId = null;
        return this;
    }

    /// <summary>Lets in callers with a token of an OpenID Connect issuer; <c>JWT</c>.</summary>
    /// <param name="authorizer">The authorizer's name in the API.</param>
    /// <param name="scopes">The scopes of which a token needs one; none to look at no scope.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder AuthorizeJwt(string authorizer, params ReadOnlySpan<string> scopes)
    {
        ArgumentException.ThrowIfNullOrEmpty(authorizer);

        Definition.AuthorizationType = AuthorizationType.Jwt;
        Definition.AuthorizerId = authorizer;
        foreach (var scope in scopes)
        {
            Definition.AuthorizationScopes.Add(scope);
        }

        return this;
    }

    /// <summary>Limits the route by caller, in each stage on its own.</summary>
    /// <param name="name">The limit's name, which refused callers are told: letters, digits, hyphens, underscores and dots.</param>
    /// <param name="configure">Says what tells callers apart, and how often they may call.</param>
    /// <returns>The same builder.</returns>
    public RouteBuilder RateLimit(string name, Action<RateLimitDefinition> configure)
    {
        RateLimits.Add(Definition.RateLimits, name, configure);
        return this;
    }

    private RouteBuilder Use(IntegrationDefinition integration, Action<IntegrationDefinition>? configure)
    {
        configure?.Invoke(integration);
        Definition.Integration = integration;
        return this;
    }
}
