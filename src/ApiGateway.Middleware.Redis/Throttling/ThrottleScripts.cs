namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>The scripts of limits, quotas and usage. Each is one step for Redis: nothing comes between its reading and its writing.</summary>
internal sealed class ThrottleScripts
{
    public ThrottleScripts()
        : this(RedisScript.Resource("clock"))
    {
    }

    /// <summary>Makes scripts with another clock than the server's.</summary>
    /// <param name="clock">Lua that defines <c>clock()</c>.</param>
    public ThrottleScripts(string clock)
    {
        var (buckets, usage) = (RedisScript.Resource("buckets"), RedisScript.Resource("usage"));
        Enter = new(clock, buckets, usage, RedisScript.Resource("enter"));
        Charge = new(clock, buckets, RedisScript.Resource("charge"));
        Lease = new(clock, buckets, usage, RedisScript.Resource("lease"));
        Report = new(clock, usage, RedisScript.Resource("report"));
        Extend = new(clock, usage, RedisScript.Resource("extend"));
        Hosts = new(clock, RedisScript.Resource("hosts"));
    }

    public RedisScript Enter { get; }

    public RedisScript Charge { get; }

    public RedisScript Lease { get; }

    public RedisScript Report { get; }

    public RedisScript Extend { get; }

    public RedisScript Hosts { get; }
}
