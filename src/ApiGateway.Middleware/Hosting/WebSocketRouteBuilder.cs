using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Writes a route of a WebSocket API. Everything that has no method here is a property of <see cref="Definition"/>.</summary>
public sealed class WebSocketRouteBuilder
{
    private const string Default = "$default";

    /// <summary>Initializes a new instance of the <see cref="WebSocketRouteBuilder"/> class.</summary>
    /// <param name="definition">The route.</param>
    public WebSocketRouteBuilder(RouteDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
    }

    /// <summary>Gets the definition that is written.</summary>
    public RouteDefinition Definition { get; }

    /// <summary>Hands events to a handler of the application.</summary>
    /// <param name="handler">The name under which it is registered with <c>AddWebSocketHandler</c>.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder InProcess(string handler, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.InProcess) { Handler = handler }, configure);

    /// <summary>Hands events to a Lambda function (<c>AWS_PROXY</c>).</summary>
    /// <param name="function">The function's name, ARN, or the URI of its invocations.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Lambda(string function, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.AwsProxy) { Uri = function }, configure);

    /// <summary>Sends messages to an HTTP backend as they are (<c>HTTP_PROXY</c>). Nothing of the connection is sent unless it is mapped.</summary>
    /// <param name="uri">The backend's address.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder HttpProxy(string uri, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri, IntegrationHttpMethod = "POST" }, configure);

    /// <summary>Sends to an HTTP backend what templates make of messages (<c>HTTP</c>). It needs integration responses.</summary>
    /// <param name="uri">The backend's address.</param>
    /// <param name="configure">Sets templates and integration responses.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Http(string uri, Action<IntegrationDefinition> configure) =>
        Use(new IntegrationDefinition(IntegrationKind.Http) { Uri = uri, IntegrationHttpMethod = "POST" }, configure);

    /// <summary>Calls a function or another AWS service with what templates make of messages (<c>AWS</c>). It needs integration responses.</summary>
    /// <param name="uri">The URI, such as <c>arn:aws:apigateway:us-east-1:sqs:path/123456789012/orders</c>.</param>
    /// <param name="configure">Sets templates and integration responses.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Aws(string uri, Action<IntegrationDefinition> configure) =>
        Use(new IntegrationDefinition(IntegrationKind.Aws) { Uri = uri, IntegrationHttpMethod = "POST" }, configure);

    /// <summary>Answers without a backend (<c>MOCK</c>).</summary>
    /// <param name="configure">Sets templates and integration responses.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Mock(Action<IntegrationDefinition>? configure = null) => Use(new IntegrationDefinition(IntegrationKind.Mock), configure);

    /// <summary>Lets an integration of the API take the events.</summary>
    /// <param name="integrationId">Its id.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Target(string integrationId)
    {
        ArgumentException.ThrowIfNullOrEmpty(integrationId);

        Definition.Target = $"integrations/{integrationId}";
        return this;
    }

    /// <summary>Lets clients get the integration's answer. Handlers of the application answer without it.</summary>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder TwoWay()
    {
        Definition.RouteResponseSelectionExpression = Default;
        Definition.RouteResponses[Default] = new RouteResponseDefinition(Default);
        return this;
    }

    /// <summary>Validates messages by a model.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="key">What <see cref="RouteDefinition.ModelSelectionExpression"/> gives for such messages, or <c>$default</c>.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Model(string name, string key = Default)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(key);

        Definition.RequestModels[key] = name;
        return this;
    }

    /// <summary>Asks an authorizer who may connect. Route <c>$connect</c> only.</summary>
    /// <param name="authorizer">Its name.</param>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder Authorize(string authorizer)
    {
        ArgumentException.ThrowIfNullOrEmpty(authorizer);

        Definition.AuthorizationType = AuthorizationType.Custom;
        Definition.AuthorizerId = authorizer;
        return this;
    }

    /// <summary>Lets those connect who sign the handshake and have the permission <c>execute-api:Invoke</c>. Route <c>$connect</c> only.</summary>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder AuthorizeIam()
    {
        Definition.AuthorizationType = AuthorizationType.AwsIam;
        Definition.AuthorizerId = null;
        return this;
    }

    /// <summary>Lets those connect who have an API key. Route <c>$connect</c> only.</summary>
    /// <returns>The same builder.</returns>
    public WebSocketRouteBuilder RequireApiKey()
    {
        Definition.ApiKeyRequired = true;
        return this;
    }

    private WebSocketRouteBuilder Use(IntegrationDefinition integration, Action<IntegrationDefinition>? configure)
    {
        configure?.Invoke(integration);
        Definition.Integration = integration;
        return this;
    }
}
