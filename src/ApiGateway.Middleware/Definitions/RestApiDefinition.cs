using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>A REST API; <c>AWS::ApiGateway::RestApi</c> with its resources and methods.</summary>
public sealed class RestApiDefinition : ApiDefinition
{
    /// <summary>Initializes a new instance of the <see cref="RestApiDefinition"/> class.</summary>
    /// <param name="name">The API's name.</param>
    public RestApiDefinition(string name)
        : base(name, ApiKind.Rest)
    {
    }

    /// <summary>Gets or sets whether the request header <c>X-HTTP-Method-Override</c> replaces the method. The default is false.</summary>
    public bool HonorMethodOverride { get; set; }

    /// <summary>Gets the methods of all resources.</summary>
    public IList<MethodDefinition> Methods { get; } = [];
}
