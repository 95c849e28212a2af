namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Where Redis is and what it is used for; <c>ApiGateway:Redis</c> in configuration.</summary>
/// <remarks>Read once, at start; the host does not start with values out of range.</remarks>
public sealed class RedisOptions
{
    /// <summary>The name of the section in configuration.</summary>
    public const string SectionName = "ApiGateway:Redis";

    /// <summary>Gets or sets the servers and how to connect to them, as StackExchange.Redis reads it: <c>127.0.0.1:6379,password=...,ssl=true</c>.</summary>
    /// <value>Must be set, unless the application hands over its own connection.</value>
    public string? Configuration { get; set; }

    /// <summary>Gets or sets what every key and channel of the gateway begins with, so that several gateways can share a server.</summary>
    /// <value>Up to 64 characters, without braces. The default is empty.</value>
    public string KeyPrefix { get; set; } = "";

    /// <summary>Gets or sets how limits are counted.</summary>
    /// <value>The default is <see cref="RedisMode.Exact"/>.</value>
    public RedisMode Mode { get; set; }

    /// <summary>Gets or sets what happens to limited requests while Redis does not answer. Cached answers are misses then, whatever is set here.</summary>
    /// <value>The default is <see cref="RedisFailureMode.Local"/>.</value>
    public RedisFailureMode OnFailure { get; set; }

    /// <summary>Gets what happens to limited requests of single APIs while Redis does not answer, by API id.</summary>
    /// <value>APIs that are not named have <see cref="OnFailure"/>. The default is empty.</value>
    public IDictionary<string, RedisFailureMode> OnFailureOf { get; } = new Dictionary<string, RedisFailureMode>(StringComparer.Ordinal);

    /// <summary>Gets or sets where cached answers are kept.</summary>
    /// <value>The default is <see cref="RedisCacheLevels.MemoryAndRedis"/>.</value>
    public RedisCacheLevels Cache { get; set; }

    /// <summary>Gets or sets how long a request waits for Redis at most.</summary>
    /// <value>From 1 millisecond to 10 seconds. The default is 50 milliseconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMilliseconds(50);
}
