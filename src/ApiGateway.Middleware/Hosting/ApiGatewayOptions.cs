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
}
