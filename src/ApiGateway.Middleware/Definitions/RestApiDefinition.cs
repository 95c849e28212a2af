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

    /// <summary>Gets or sets whether a template that sets one member of <c>$context.requestOverride</c> or
    /// <c>$context.responseOverride</c> twice fails the request with 500, as the developer guide says. The default is false: the last one counts.</summary>
    public bool RefuseRepeatedOverrides { get; set; }

    /// <summary>Gets or sets where API keys are read.</summary>
    public ApiKeySource ApiKeySource { get; set; }

    /// <summary>Gets the media types whose bodies are binary.</summary>
    public IList<string> BinaryMediaTypes { get; } = [];

    /// <summary>Gets or sets the smallest response body that is compressed, in bytes, from 0 to 10,485,760.</summary>
    /// <value>The default, <see langword="null"/>, compresses and decompresses nothing.</value>
    /// <remarks>Source: "Enable payload compression for an API in API Gateway".</remarks>
    public int? MinimumCompressionSize { get; set; }

    /// <summary>Gets or sets whether Brotli (<c>br</c>, RFC 7932) is known beside gzip and deflate. Settings and code only.</summary>
    /// <value>The default is false, as in the managed service. Without <see cref="MinimumCompressionSize"/> it has no effect.</value>
    public bool BrotliCompression { get; set; }

    /// <summary>Gets or sets the resource policy, as JSON text.</summary>
    public string? Policy { get; set; }

    /// <summary>Gets the models by name.</summary>
    public IDictionary<string, ModelDefinition> Models { get; } = new Dictionary<string, ModelDefinition>(StringComparer.Ordinal);

    /// <summary>Gets the request validators by name.</summary>
    public IDictionary<string, RequestValidatorDefinition> RequestValidators { get; } =
        new Dictionary<string, RequestValidatorDefinition>(StringComparer.Ordinal);

    /// <summary>Gets the customized answers of the gateway.</summary>
    public IDictionary<GatewayResponseType, GatewayResponseDefinition> GatewayResponses { get; } =
        new Dictionary<GatewayResponseType, GatewayResponseDefinition>();

    /// <summary>Gets or sets what cached answers depend on, and which are kept.</summary>
    /// <value>The default is <see cref="CacheMode.Safe"/> in settings and code, <see cref="CacheMode.Exact"/> for imported definitions.</value>
    public CacheMode? CacheMode { get; set; }

    /// <summary>Gets or sets what response caches do beyond those of Amazon API Gateway.</summary>
    public CachePolicyDefinition? Cache { get; set; }

    /// <summary>Gets or sets who may call from other origins. Settings and code only.</summary>
    public CorsDefinition? Cors { get; set; }

    /// <summary>Gets or sets the version of the documentation.</summary>
    public string? DocumentationVersion { get; set; }

    /// <summary>Gets the documentation.</summary>
    public IList<DocumentationPartDefinition> DocumentationParts { get; } = [];

    /// <summary>Gets what has no effect in process but belongs to the API, as JSON text by its name in OpenAPI, so that an export has it.</summary>
    public IDictionary<string, string> Extensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the methods of all resources.</summary>
    public IList<MethodDefinition> Methods { get; } = [];
}
