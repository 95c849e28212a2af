namespace ApiGateway.Middleware.Hosting.Caching;

/// <summary>A request by what its cached answer depends on. Members that are not part of the method's key do not count.</summary>
public sealed class CachedRequest
{
    /// <summary>Initializes a new instance of the <see cref="CachedRequest"/> class.</summary>
    /// <param name="httpMethod">The HTTP method, such as <c>GET</c>.</param>
    /// <param name="target">Path and query as the client sends them, with the stage and what stands before it: <c>/prod/orders/7?type=a</c>.</param>
    public CachedRequest(string httpMethod, string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(httpMethod);
        ArgumentException.ThrowIfNullOrEmpty(target);
        (HttpMethod, Target) = (httpMethod, target);
    }

    /// <summary>Gets the HTTP method.</summary>
    public string HttpMethod { get; }

    /// <summary>Gets path and query as the client sends them.</summary>
    public string Target { get; }

    /// <summary>Gets or sets scheme and authority as the client sees them, such as <c>https://api.example.com</c>; part of the key under
    /// <see cref="Contracts.CacheMode.Safe"/>.</summary>
    /// <value>The default is <c>http://localhost</c>.</value>
    public string Origin { get; set; } = "http://localhost";

    /// <summary>Gets the request's headers, as far as the key has them.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
