using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Says in code what answers a method.</summary>
public sealed class MethodBuilder
{
    /// <summary>Initializes a new instance of the <see cref="MethodBuilder"/> class.</summary>
    /// <param name="definition">The definition to write to.</param>
    public MethodBuilder(MethodDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Definition = definition;
    }

    /// <summary>Gets the definition that is being written, for settings without a method here.</summary>
    public MethodDefinition Definition { get; }

    /// <summary>Hands requests to an HTTP backend as they come.</summary>
    /// <param name="uri">The backend's address, with <c>{name}</c> for path variables and <c>${stageVariables.name}</c> for stage variables.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder HttpProxy(string uri, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.HttpProxy) { Uri = uri }, configure);

    /// <summary>Asks an HTTP backend without handing it the client's headers and query.</summary>
    /// <param name="uri">The backend's address, with <c>{name}</c> for path variables and <c>${stageVariables.name}</c> for stage variables.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Http(string uri, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.Http) { Uri = uri }, configure);

    /// <summary>Answers with a status and without a backend.</summary>
    /// <param name="statusCode">The status, from 200 to 599.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Mock(int statusCode = 200, Action<IntegrationDefinition>? configure = null)
    {
        var integration = new IntegrationDefinition(IntegrationKind.Mock);
        integration.RequestTemplates["application/json"] = $"{{\"statusCode\": {statusCode}}}";
        return Use(integration, configure);
    }

    /// <summary>Lets the application answer: a named handler, or the rest of its pipeline.</summary>
    /// <param name="handler">The handler's name, or <see langword="null"/> for the rest of the pipeline.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder InProcess(string? handler = null, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.InProcess) { Handler = handler }, configure);

    /// <summary>Lets in only callers with an API key of a usage plan of the stage.</summary>
    /// <returns>The same builder.</returns>
    public MethodBuilder RequireApiKey()
    {
        Definition.ApiKeyRequired = true;
        return this;
    }

    /// <summary>Limits the method by caller.</summary>
    /// <param name="name">The limit's name, which refused callers are told: letters, digits, hyphens, underscores and dots.</param>
    /// <param name="configure">Says what tells callers apart, and how often they may call.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder RateLimit(string name, Action<RateLimitDefinition> configure)
    {
        RateLimits.Add(Definition.RateLimits, name, configure);
        return this;
    }

    /// <summary>Declares a parameter of the request.</summary>
    /// <param name="name">The parameter, such as <c>method.request.querystring.page</c>.</param>
    /// <param name="isRequired">Whether a request without it is refused, if the validator checks parameters.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Parameter(string name, bool isRequired = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);

        Definition.RequestParameters[name] = isRequired;
        return this;
    }

    /// <summary>Validates requests.</summary>
    /// <param name="validator">The name of the request validator.</param>
    /// <param name="model">The name of the model of JSON bodies, or <see langword="null"/> for none.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Validate(string validator, string? model = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(validator);

        Definition.RequestValidatorId = validator;
        if (model is not null)
        {
            Definition.RequestModels["application/json"] = model;
        }

        return this;
    }

    /// <summary>Declares a status that the method can answer with.</summary>
    /// <param name="statusCode">The status, from 100 to 599.</param>
    /// <param name="configure">Sets headers and models.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Response(int statusCode, Action<MethodResponseDefinition>? configure = null)
    {
        var response = new MethodResponseDefinition(statusCode.ToString(CultureInfo.InvariantCulture));
        configure?.Invoke(response);
        Definition.MethodResponses[response.StatusCode] = response;
        return this;
    }
    /// <summary>Hands the whole request to a Lambda function as an event; <c>AWS_PROXY</c>.</summary>
    /// <param name="function">The function: a name or an ARN, with or without version or alias; <c>${stageVariables.name}</c> is filled in.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder LambdaProxy(string function, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.AwsProxy) { Uri = function }, configure);

    /// <summary>Lets an authorizer of the API decide who may call; <c>CUSTOM</c>.</summary>
    /// <param name="authorizer">The authorizer's name in the API.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Authorize(string authorizer)
    {
        ArgumentException.ThrowIfNullOrEmpty(authorizer);

        Definition.AuthorizationType = AuthorizationType.Custom;
        Definition.AuthorizerId = authorizer;
        return this;
    }
    /// <summary>Asks an AWS service, or a Lambda function, for what the mappings say; <c>AWS</c>.</summary>
    /// <param name="uri">The service: <c>arn:aws:apigateway:{region}:{service}:action/{action}</c> or <c>...:path/{path}</c>; or a function's name
    /// or ARN. <c>${stageVariables.name}</c> is filled in.</param>
    /// <param name="configure">Sets more of the integration.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder Aws(string uri, Action<IntegrationDefinition>? configure = null) =>
        Use(new IntegrationDefinition(IntegrationKind.Aws) { Uri = uri }, configure);

    /// <summary>Lets in callers that sign their requests with Signature Version 4; <c>AWS_IAM</c>.</summary>
    /// <returns>The same builder.</returns>
    public MethodBuilder AuthorizeIam()
    {
        Definition.AuthorizationType = AuthorizationType.AwsIam;
        Definition.AuthorizerId = null;
        return this;
    }

    /// <summary>Lets in callers with a token of a user pool; <c>COGNITO_USER_POOLS</c>.</summary>
    /// <param name="authorizer">The authorizer's name in the API.</param>
    /// <param name="scopes">The scopes of which an access token needs one; none to ask for an ID token.</param>
    /// <returns>The same builder.</returns>
    public MethodBuilder AuthorizeUserPool(string authorizer, params ReadOnlySpan<string> scopes)
    {
        ArgumentException.ThrowIfNullOrEmpty(authorizer);

        Definition.AuthorizationType = AuthorizationType.CognitoUserPools;
        Definition.AuthorizerId = authorizer;
        foreach (var scope in scopes)
        {
            Definition.AuthorizationScopes.Add(scope);
        }

        return this;
    }

    private MethodBuilder Use(IntegrationDefinition integration, Action<IntegrationDefinition>? configure)
    {
        configure?.Invoke(integration);
        Definition.Integration = integration;
        return this;
    }
}
