namespace ApiGateway.Middleware.Definitions;

/// <summary>What a response cache does beyond that of Amazon API Gateway. Settings and code only; nothing of it is on by default.</summary>
/// <remarks>It has an effect on methods that are cached. That of a stage takes the place of the API's as a whole.</remarks>
public sealed class CachePolicyDefinition : DefinitionNode
{
    /// <summary>Gets or sets whether requests that miss the same answer at the same time wait for one call of the integration.</summary>
    /// <value>The default is false. Requests wait in this process, no longer than the integration's timeout.</value>
    public bool SingleFlight { get; set; }

    /// <summary>Gets or sets for how long after its end an answer is still given while a new one is fetched, in seconds.</summary>
    /// <value>From 0 to 86,400. The default is 0. See RFC 5861, section 3.</value>
    public int StaleWhileRevalidateInSeconds { get; set; }

    /// <summary>Gets or sets for how long after its end an answer is given instead of an error: a status from 500 on, or none at all.</summary>
    /// <value>In seconds, from 0 to 86,400. The default is 0. See RFC 5861, section 4.</value>
    public int StaleIfErrorInSeconds { get; set; }

    /// <summary>Gets or sets whether the cache answers <c>If-None-Match</c> with 304, and gives answers without an <c>ETag</c> one of its own.</summary>
    /// <value>The default is false. See RFC 9110, section 13.1.2.</value>
    public bool ConditionalRequests { get; set; }

    /// <summary>Gets or sets whether the backend's <c>Cache-Control</c>, <c>Expires</c> and <c>Age</c> say how long an answer is kept, and whether
    /// it is; answers from the cache carry their <c>Age</c>.</summary>
    /// <value>The default is false: <see cref="MethodSettingDefinition.CacheTtlInSeconds"/> counts alone. At most 3,600 seconds. See RFC 9111.</value>
    public bool HonorCacheControl { get; set; }

    /// <summary>Gets the request headers that answers depend on, besides the key parameters of the method.</summary>
    public IList<string> VaryByHeaders { get; } = [];

    /// <summary>Gets or sets whether answers depend on the whole query, besides the key parameters of the method.</summary>
    /// <value>The default is true under <see cref="Contracts.CacheMode.Safe"/> on methods whose key parameters name nothing of the query, else false.</value>
    public bool? VaryByQuery { get; set; }

    /// <summary>Gets or sets whether each caller has answers of its own. Requests without a caller are not cached then.</summary>
    /// <value>The default is true on methods that authorize under <see cref="Contracts.CacheMode.Safe"/>, else false.</value>
    public bool? VaryByCaller { get; set; }

    /// <summary>Gets how long answers of other statuses are kept, in seconds: <c>404</c> or <c>5XX</c> to 0 to 3,600. 0 keeps none.</summary>
    public IDictionary<string, int> TtlByStatus { get; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets or sets the name of a response header that tells what the cache did: <c>hit</c>, <c>stale</c>, <c>miss</c>, <c>refresh</c> or <c>bypass</c>.</summary>
    /// <value>The default is none, as in Amazon API Gateway.</value>
    public string? DiagnosticHeader { get; set; }
}
