using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>Settings of the whole gateway; section <c>ApiGateway</c> in configuration. Settings of one API live in its definition.</summary>
public sealed class ApiGatewayOptions
{
    /// <summary>The configuration section that the gateway reads by default.</summary>
    public const string SectionName = "ApiGateway";

    /// <summary>Gets or sets the region in ARNs and default host names. The default is <c>us-east-1</c>. Reloads.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Gets or sets the account in ARNs. The default is <c>123456789012</c>. Reloads.</summary>
    public string AccountId { get; set; } = "123456789012";

    /// <summary>Gets or sets the partition in ARNs. The default is <c>aws</c>. Reloads.</summary>
    public string Partition { get; set; } = "aws";

    /// <summary>Gets the proxies whose <c>X-Forwarded-*</c> headers count, as addresses or networks such as <c>10.0.0.0/8</c>. Reloads.</summary>
    /// <value>The default is empty: the caller is the transport's peer.</value>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>Gets or sets how many entries of <c>X-Forwarded-For</c> are followed at most, from the right. Reloads.</summary>
    /// <value>From 1 to 32. The default is 1.</value>
    public int ForwardLimit { get; set; } = 1;

    /// <summary>Gets or sets how much the 403 of a policy tells the caller. Reloads.</summary>
    /// <value>The default is <see cref="AccessDeniedDetail.Classic"/>.</value>
    public AccessDeniedDetail AccessDeniedDetail { get; set; }

    /// <summary>Gets or sets the largest mapping template, in bytes of UTF-8. No definition can lift it. Reloads.</summary>
    /// <value>From 1 to 10,485,760. The default is 307,200, the quota of Amazon API Gateway.</value>
    public int MaxTemplateBytes { get; set; } = 300 * 1024;

    /// <summary>Gets or sets the most rounds of one <c>#foreach</c> of a mapping template. Requests that need more fail with 500. Reloads.</summary>
    /// <value>From 1 to 1,000,000. The default is 1,000, the quota of Amazon API Gateway.</value>
    public int MaxTemplateIterations { get; set; } = 1000;

    /// <summary>Gets or sets how much a mapping template may make, in bytes. Requests that need more fail with 500. Reloads.</summary>
    /// <value>From 1 to 67,108,864. The default is 10,485,760.</value>
    public int MaxTemplateOutputBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Gets or sets how many steps a mapping template may take: a directive, a reference, a call. Requests that need more fail with 500. Reloads.</summary>
    /// <value>From 1 to 1,000,000,000. The default is 5,000,000.</value>
    public int MaxTemplateSteps { get; set; } = 5_000_000;

    /// <summary>Gets or sets how deep loops and calls of a mapping template may be nested. Requests that need more fail with 500. Reloads.</summary>
    /// <value>From 1 to 100. The default is 20.</value>
    public int MaxTemplateNesting { get; set; } = 20;

    /// <summary>Gets or sets how many buckets of <c>RateLimits</c> in memory have room for sure: one for each caller of each limit. Read at start.</summary>
    /// <value>From 1,000 to 100,000,000. The default is 1,000,000. Each takes 52 bytes when it is needed; full buckets take none.</value>
    /// <remarks>Callers for whom there is no room share one bucket of the limit; a bucket that lacks tokens is never given up for others.</remarks>
    public int MaxRateLimitKeys { get; set; } = 1_000_000;

    /// <summary>Gets or sets how long a connection to a backend may take to open. Read at start.</summary>
    /// <value>Positive. The default is 10 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a connection to a backend is used before it is opened anew, so that changes of DNS are followed. Read at start.</summary>
    /// <value>Positive. The default is 2 minutes.</value>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how long an idle connection to a backend is kept. Read at start.</summary>
    /// <value>Positive. The default is 1 minute.</value>
    public TimeSpan PooledConnectionIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how many connections one backend gets at most; with HTTP/1.1 also how many requests at once. Read at start.</summary>
    /// <value>Positive. The default is 2,147,483,647: no limit.</value>
    public int MaxConnectionsPerServer { get; set; } = int.MaxValue;

    /// <summary>Gets where Lambda functions are that do not run in process. Read at start.</summary>
    public LambdaOptions Lambda { get; } = new();

    /// <summary>Gets where AWS services are, and the keys with which they are called. Read at start.</summary>
    public AwsOptions Aws { get; } = new();

    /// <summary>Gets the backends behind VPC links: the link's id to scheme, host and port, such as <c>http://10.0.0.5:8080</c>. Read at start.</summary>
    public IDictionary<string, string> VpcLinks { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets how cached answers are kept. Read at start.</summary>
    public CacheOptions Cache { get; } = new();

    /// <summary>Gets what connections of WebSocket APIs may take.</summary>
    public WebSocketApiOptions WebSockets { get; } = new();

    /// <summary>Gets how signed requests are verified. Read at start.</summary>
    public SigV4Options SigV4 { get; } = new();

    /// <summary>Gets how the keys of token issuers are fetched and kept. Read at start.</summary>
    public JwtOptions Jwt { get; } = new();

    /// <summary>Gets the access keys of callers that sign their requests; asked before a store of the application. Read at start.</summary>
    /// <value>The default is empty. In configuration an entry has the access key's id as its name.</value>
    public IList<SigV4Credential> Credentials { get; } = [];
}
