using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Caching;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>A node with a store of cached answers.</summary>
internal sealed class CacheNode : IAsyncDisposable
{
    private readonly TwoLevelResponseCacheStore? _twoLevels;

    private CacheNode(RedisClient client, TimeProvider time, bool hasMemory)
    {
        Client = client;
        var redis = new RedisResponseCacheStore(client.Connection, time);
        _twoLevels = hasMemory
            ? new TwoLevelResponseCacheStore(
                client.Connection, redis, new MemoryLevel(new MemoryResponseCacheStore(time)),
                new InvalidationChannel(client.Connection, TimeProvider.System, NullLogger<InvalidationChannel>.Instance))
            : null;
        Store = (IResponseCacheStore?)_twoLevels ?? redis;
    }

    public RedisClient Client { get; }

    public IResponseCacheStore Store { get; }

    public bool UsesMemory => _twoLevels?.UsesMemory == true;

    /// <summary>Makes a node that keeps answers in Redis alone, and waits until it is connected.</summary>
    public static async Task<CacheNode> RedisAsync(RedisServer server, TimeProvider? time = null, Action<RedisOptions>? configure = null) =>
        new(await RedisClient.ConnectAsync(server, configure), time ?? TimeProvider.System, hasMemory: false);

    /// <summary>Makes a node that keeps answers in memory and in Redis, and waits until it hears the others.</summary>
    public static async Task<CacheNode> TwoLevelAsync(RedisServer server, TimeProvider? time = null, Action<RedisOptions>? configure = null)
    {
        var node = TwoLevel(await RedisClient.ConnectAsync(server, configure), time);
        await Wait.UntilAsync(() => node.UsesMemory);
        return node;
    }

    /// <summary>Makes a node that keeps answers in memory and in Redis, without waiting for anything.</summary>
    public static CacheNode TwoLevel(RedisClient client, TimeProvider? time = null) => new(client, time ?? TimeProvider.System, hasMemory: true);

    public async ValueTask DisposeAsync()
    {
        _twoLevels?.Dispose();
        await Client.DisposeAsync();
    }
}
