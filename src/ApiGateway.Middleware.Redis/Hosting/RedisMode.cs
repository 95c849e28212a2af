namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>How limits are counted in Redis.</summary>
public enum RedisMode
{
    /// <summary>Each request that a limit applies to asks Redis. No request too many is let through.</summary>
    Exact,

    /// <summary>Each host takes small portions ahead, so that most requests ask nobody. What is let through too much is bounded by hosts times portion.</summary>
    Leased,
}
