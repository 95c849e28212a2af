using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>No fault of Redis makes a request fail.</summary>
public sealed class HostFaultTests
{
    private const int Workers = 8;

    public static TheoryData<RedisCacheLevels> Levels => [RedisCacheLevels.MemoryAndRedis, RedisCacheLevels.Redis];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Get_ServerAwayFromTheStart_IsAnswered(RedisCacheLevels levels)
    {
        await using var server = RedisServer.NotStarted();
        await using var host = await StartAsync(server, levels);

        await host.GetAsync("/prod/products/1");
        await server.RestartAsync();
        await Wait.UntilAsync(() => host.Services.GetRequiredService<RedisConnection>().IsUp);
        await Wait.UntilAsync(async () => await host.GetAsync("/prod/products/2") == await host.GetAsync("/prod/products/2"));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Load_ServerKilledAndRestarted_NoRequestFails(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await StartAsync(server, levels);
        var connection = host.Services.GetRequiredService<RedisConnection>();
        using var failures = new FailureCounter(host.Services);
        await using var load = new HostLoad(host);
        await load.WhenAnsweredAsync(200);

        await server.KillAsync();
        await Wait.UntilAsync(() => !connection.IsUp);
        await load.WhenAnsweredAsync(500);
        await server.RestartAsync();
        await Wait.UntilAsync(() => connection.IsUp);
        await load.WhenAnsweredAsync(200);

        await load.StopAsync();
        var calls = host.Calls;
        await host.GetAsync("/prod/products/last");
        await host.GetAsync("/prod/products/last");
        Assert.Equal(calls + 1, host.Calls);
        Assert.True(failures.Total > 0, "No failure was counted.");
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Load_ServerFrozenForFiveSeconds_NoRequestFails(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await StartAsync(server, levels);
        var connection = host.Services.GetRequiredService<RedisConnection>();
        using var failures = new FailureCounter(host.Services);
        await using var load = new HostLoad(host);
        await load.WhenAnsweredAsync(200);

        server.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var wasUp = connection.IsUp;
        server.Thaw();
        await Wait.UntilAsync(() => connection.IsUp);
        await load.WhenAnsweredAsync(200);

        await load.StopAsync();
        Assert.False(wasUp);
        Assert.True(failures.Total > 0, "No failure was counted.");
        await Wait.UntilAsync(async () => await host.GetAsync("/prod/products/last") == await host.GetAsync("/prod/products/last"));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Load_ServerFullAndRefusing_NoRequestFails(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        await using var host = await StartAsync(server, levels);
        using var failures = new FailureCounter(host.Services);
        await using var load = new HostLoad(host);

        await load.WhenAnsweredAsync(200);

        await load.StopAsync();
        Assert.True(failures["error"] > 0, "No refusal was counted.");

        // A refusal is an answer. On a busy machine it may come too late now and then.
        await Wait.UntilAsync(() => host.Services.GetRequiredService<RedisConnection>().IsUp);
    }

    private static Task<CachingHost> StartAsync(RedisServer server, RedisCacheLevels levels) => CachingHost.StartAsync(server, options =>
    {
        options.Cache = levels;
        options.Timeout = TimeSpan.FromMilliseconds(50);
    });

    /// <summary>Clients that ask for some products again and again, and throw unless each is answered with 200.</summary>
    private sealed class HostLoad : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Task[] _workers;
        private long _answered;

        public HostLoad(CachingHost host) => _workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(host, worker)))];

        public async Task WhenAnsweredAsync(int times)
        {
            var seen = Volatile.Read(ref _answered);
            await Wait.UntilAsync(() => Volatile.Read(ref _answered) > seen + times || _workers.Any(static worker => worker.IsFaulted));
        }

        /// <summary>Stops, and throws what a client has thrown.</summary>
        public async Task StopAsync()
        {
            await _stopping.CancelAsync();
            await Task.WhenAll(_workers).InTime();
        }

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await Task.WhenAll(_workers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stopping.Dispose();
        }

        private async Task WorkAsync(CachingHost host, int worker)
        {
            for (var i = 0; !_stopping.IsCancellationRequested; i++)
            {
                // Some are new, so that there is always something to store.
                var id = i % 5 == 0 ? $"{worker}-{i}" : $"{i % 20}";
                Assert.StartsWith($"/products/{id} ", await host.GetAsync($"/prod/products/{id}"), StringComparison.Ordinal);
                Interlocked.Increment(ref _answered);

                // The server under test shares the processors.
                await Task.Delay(1);
            }
        }
    }
}
