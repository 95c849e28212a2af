using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Definitions;

/// <summary>What all kinds of API have in common.</summary>
public abstract class ApiDefinition : DefinitionNode
{
    private protected ApiDefinition(string name, ApiKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Kind = kind;
    }

    /// <summary>Gets the API's name: the key under <c>Apis</c>. Letters, digits, hyphens and underscores; case-sensitive.</summary>
    public string Name { get; }

    /// <summary>Gets the API's kind.</summary>
    public ApiKind Kind { get; }

    /// <summary>Gets or sets the API's id. The default is its name.</summary>
    public string? Id { get; set; }

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets or sets the version of the API's document. It has no effect on requests.</summary>
    public string? Version { get; set; }

    /// <summary>Gets or sets which defaults apply where the definition says nothing.</summary>
    public DefinitionProfile Profile { get; set; }

    /// <summary>Gets the hosts at which the API answers, without port; <c>*.example.com</c> means every host below it.</summary>
    /// <value>The default is empty: every host.</value>
    public IList<string> Hosts { get; } = [];

    /// <summary>Gets or sets the path before the stage, such as <c>/shop</c>. The default is none.</summary>
    public string? BasePath { get; set; }

    /// <summary>Gets or sets whether requests to <c>{id}.execute-api.{region}.amazonaws.com</c> are refused. The default is false.</summary>
    public bool DisableExecuteApiEndpoint { get; set; }

    /// <summary>Gets or sets whether responses carry the ids of their requests: <c>x-amzn-RequestId</c> and <c>x-amz-apigw-id</c>
    /// with REST APIs, <c>apigw-requestid</c> with HTTP APIs.</summary>
    /// <value>The default is true for HTTP APIs and for imported definitions, false for REST APIs in settings and code.</value>
    public bool? ResponseIds { get; set; }

    /// <summary>Gets or sets which headers are added and renamed between client and backend.</summary>
    /// <value>The default is <see cref="HeaderProfile.Plain"/> in settings and code, <see cref="HeaderProfile.Aws"/> for imported definitions.</value>
    public HeaderProfile? HeaderProfile { get; set; }

    /// <summary>Gets or sets what happens to <c>X-Forwarded-*</c> headers towards backends, under <see cref="HeaderProfile.Plain"/>.</summary>
    public ForwardedHeadersMode ForwardedHeaders { get; set; }

    /// <summary>Gets or sets the form of the gateway's own error bodies, where no gateway response is defined. The default is that of AWS.</summary>
    public ErrorFormat ErrorFormat { get; set; }

    /// <summary>Gets the authorizers by name.</summary>
    public IDictionary<string, AuthorizerDefinition> Authorizers { get; } =
        new Dictionary<string, AuthorizerDefinition>(StringComparer.Ordinal);

    /// <summary>Gets limits by caller of all methods, by name; all stages count together. Settings and code only.</summary>
    public IDictionary<string, RateLimitDefinition> RateLimits { get; } = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal);

    /// <summary>Gets the API's stages by name.</summary>
    public IDictionary<string, StageDefinition> Stages { get; } = new Dictionary<string, StageDefinition>(StringComparer.Ordinal);
}
