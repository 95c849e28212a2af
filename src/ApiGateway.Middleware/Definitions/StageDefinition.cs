namespace ApiGateway.Middleware.Definitions;

/// <summary>A stage of an API; <c>AWS::ApiGateway::Stage</c>.</summary>
public sealed class StageDefinition : DefinitionNode
{
    /// <summary>Initializes a new instance of the <see cref="StageDefinition"/> class.</summary>
    /// <param name="name">The stage's name: letters, digits, hyphens and underscores, at most 128.</param>
    public StageDefinition(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>Gets the stage's name; the first segment of the path. HTTP APIs may have a stage <c>$default</c>, at the root.</summary>
    public string Name { get; }

    /// <summary>Gets or sets a description. It has no effect on requests.</summary>
    public string? Description { get; set; }

    /// <summary>Gets the stage variables. Names are letters, digits and underscores, at most 64; values at most 512 characters; at most 100.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets what is written of each request, or <see langword="null"/>: nothing.</summary>
    public AccessLogSettingsDefinition? AccessLogSettings { get; set; }

    /// <summary>Gets or sets whether the stage has a response cache. Methods use it that have <see cref="MethodSettingDefinition.CachingEnabled"/>.</summary>
    public bool CacheClusterEnabled { get; set; }

    /// <summary>Gets or sets the size of the cache in GB: <c>0.5</c>, <c>1.6</c>, <c>6.1</c>, <c>13.5</c>, <c>28.4</c>, <c>58.2</c>, <c>118</c> or <c>237</c>.</summary>
    /// <value>The default is <c>0.5</c>. In memory it takes a quarter of what the process may have, if that is less.</value>
    public string? CacheClusterSize { get; set; }

    /// <summary>Gets or sets what the cache does beyond that of Amazon API Gateway; takes the place of <see cref="RestApiDefinition.Cache"/>.</summary>
    public CachePolicyDefinition? Cache { get; set; }

    /// <summary>Gets settings by method: <c>/orders/GET</c>, or <c>*/*</c> for every method without its own. Slashes of the path may be
    /// written <c>~1</c>. An entry takes the place of <c>*/*</c> as a whole.</summary>
    public IDictionary<string, MethodSettingDefinition> MethodSettings { get; } =
        new Dictionary<string, MethodSettingDefinition>(StringComparer.Ordinal);

    /// <summary>Gets or sets whether each change of an HTTP API's definition is deployed to the stage at once. In process it always is.</summary>
    public bool AutoDeploy { get; set; }

    /// <summary>Gets or sets the settings of routes of an HTTP API that have none in <see cref="RouteSettings"/>; each gets limits of its own.</summary>
    public RouteSettingDefinition? DefaultRouteSettings { get; set; }

    /// <summary>Gets settings by the keys of routes of an HTTP API, such as <c>GET /orders</c>. What an entry leaves out is as in
    /// <see cref="DefaultRouteSettings"/>.</summary>
    public IDictionary<string, RouteSettingDefinition> RouteSettings { get; } =
        new Dictionary<string, RouteSettingDefinition>(StringComparer.Ordinal);

    /// <summary>Gets limits by caller of all methods of the stage, by name. Settings and code only.</summary>
    public IDictionary<string, RateLimitDefinition> RateLimits { get; } = new Dictionary<string, RateLimitDefinition>(StringComparer.Ordinal);
}
