using ApiGateway.Middleware.Redis.Throttling;

namespace ApiGateway.Middleware.Redis.Connections;

/// <summary>The scripts of the registry of connections. Each is one step for Redis, by the server's clock.</summary>
internal sealed class ConnectionScripts
{
    private static readonly string Clock = RedisScript.Resource("clock");

    public RedisScript Add { get; } = new(RedisScript.Resource("connection-add"));

    public RedisScript Remove { get; } = new(RedisScript.Resource("connection-remove"));

    public RedisScript Touch { get; } = new(RedisScript.Resource("connection-touch"));

    public RedisScript Beat { get; } = new(Clock, RedisScript.Resource("node-beat"));

    public RedisScript Orphans { get; } = new(Clock, RedisScript.Resource("node-orphans"));

    public RedisScript Leave { get; } = new(RedisScript.Resource("node-leave"));
}
