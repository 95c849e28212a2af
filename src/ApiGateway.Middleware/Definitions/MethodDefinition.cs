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

    /// <summary>Gets or sets what answers the method. A method without an integration is an error.</summary>
    public IntegrationDefinition? Integration { get; set; }
}
