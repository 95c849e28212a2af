using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Tests.Contracts;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>What every store does, on a real server.</summary>
public abstract class StoreTests : ResponseCacheStoreContract, IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private readonly List<CacheNode> _nodes = [];
    private RedisServer? _server;

    private protected override DateTimeOffset Now => _time.GetUtcNow();

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private protected abstract Task<CacheNode> CreateAsync(RedisServer server, TimeProvider time, string prefix);

    private protected override async ValueTask<IResponseCacheStore> CreateAsync()
    {
        _nodes.Add(await CreateAsync(_server!, _time, $"test{_nodes.Count}:"));
        return _nodes[^1].Store;
    }

    private protected override Task ElapseAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }
}
