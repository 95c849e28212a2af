namespace ApiGateway.Middleware.Redis.Hosting;

/// <summary>Where the answers of cached methods are kept.</summary>
public enum RedisCacheLevels
{
    /// <summary>In Redis, and in the memory of each host that has used them. Hosts tell each other what is out of date, within milliseconds.</summary>
    MemoryAndRedis,

    /// <summary>In Redis alone: every look-up asks it.</summary>
    Redis,

    /// <summary>In the memory of each host alone, as without Redis: hosts do not see each other's answers and flushes.</summary>
    Memory,
}
