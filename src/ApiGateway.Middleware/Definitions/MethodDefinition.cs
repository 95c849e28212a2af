using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>A method of a resource; <c>AWS::ApiGateway::Method</c> with its resource. In settings the value under a key of <c>Routes</c>.</summary>
public sealed class MethodDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="MethodDefinition"/> class.</summary>
    /// <param name="httpMethod"><c>GET</c>, <c>PUT</c>, <c>POST</c>, <c>DELETE</c>, <c>PATCH</c>, <c>OPTIONS</c>, <c>HEAD</c> or <c>ANY</c>.</param>
    /// <param name="resourcePath">The resource's path, such as <c>/orders/{id}</c> or <c>/files/{proxy+}</c>.</param>
    public MethodDefinition(string httpMethod, string resourcePath)
    {
        ArgumentNullException.ThrowIfNull(httpMethod);
        ArgumentNullException.ThrowIfNull(resourcePath);
        HttpMethod = httpMethod;
        ResourcePath = resourcePath;
    }

    /// <summary>Gets the HTTP method, or <c>ANY</c>.</summary>
    public string HttpMethod { get; }

    /// <summary>Gets the resource's path, with its path variables in braces.</summary>
    public string ResourcePath { get; }

    /// <summary>Gets the key under which settings hold the method: <c>GET /orders/{id}</c>.</summary>
    public string RouteKey => $"{HttpMethod} {ResourcePath}";

    /// <summary>Gets or sets the operation's name. It has no effect on requests.</summary>
    public string? OperationName { get; set; }

    /// <summary>Gets or sets who may call.</summary>
    public AuthorizationType AuthorizationType { get; set; }

    /// <summary>Gets or sets the name of the authorizer, for <see cref="AuthorizationType.Custom"/> and <see cref="AuthorizationType.CognitoUserPools"/>.</summary>
    public string? AuthorizerId { get; set; }

    /// <summary>Gets the scopes of which a token needs one.</summary>
    public IList<string> AuthorizationScopes { get; } = [];

    /// <summary>Gets or sets whether callers need an API key.</summary>
    public bool ApiKeyRequired { get; set; }

    /// <summary>Gets limits by caller of the method, by name. Settings and code only.</summary>
    public IDictionary<string, RateLimitDefinition> RateLimits { get; } = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal);

    /// <summary>Gets the request's parameters, such as <c>method.request.querystring.page</c>, and whether they are required.</summary>
    public IDictionary<string, bool> RequestParameters { get; } = new Dictionary<string, bool>(StringComparer.Ordinal);

    /// <summary>Gets the names of the models of the body by content type; <c>$default</c> takes every other type.</summary>
    public IDictionary<string, string> RequestModels { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the name of the request validator. The default validates nothing.</summary>
    public string? RequestValidatorId { get; set; }

    /// <summary>Gets the statuses that the method can answer with.</summary>
    public IDictionary<string, MethodResponseDefinition> MethodResponses { get; } =
        new Dictionary<string, MethodResponseDefinition>(StringComparer.Ordinal);

    /// <summary>Gets or sets what answers the method. A method without an integration is an error.</summary>
    public IntegrationDefinition? Integration { get; set; }
}
