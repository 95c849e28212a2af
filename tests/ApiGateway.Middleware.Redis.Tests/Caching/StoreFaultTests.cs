using System.Diagnostics;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>What callers notice of a server that dies, hangs, forgets or is full: misses, never an error, never a long wait.</summary>
public sealed class StoreFaultTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    // Where the server answers all the time, a busy machine must not make it look otherwise.
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(2);

    // The bound itself, and what a busy machine needs to run the continuation.
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(4);

    public static TheoryData<bool> Stores => [false, true];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Server_KilledAndRestartedUnderLoad_MissesThenRecovers(bool hasMemory)
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await NodeAsync(server, hasMemory);
        using var failures = new FailureCounter(node.Client.Services);
        await using var load = new StoreLoad(node.Store);
        await load.WhenHitAsync();

        await server.KillAsync();
        await Wait.UntilAsync(() => !node.Client.Connection.IsUp);
        await load.WhenAskedAsync(1_000);
        await server.RestartAsync();
        await node.Client.WhenUpAsync();
        await Wait.UntilAsync(async () =>
        {
            await node.Store.SetAsync("again", Answers.Of("a"));
            return await server.CommandAsync("EXISTS {gw:orders:prod}:g") == ":1";
        });
        await load.WhenHitAsync();

        await load.StopAsync();
        Assert.True(failures.Total > 0, "No failure was counted.");
        Assert.InRange(load.Longest, TimeSpan.Zero, LongestCall);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Server_FrozenForFiveSeconds_MissesThenRecovers(bool hasMemory)
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await NodeAsync(server, hasMemory);
        using var failures = new FailureCounter(node.Client.Services);
        await using var load = new StoreLoad(node.Store);

        // Until each key was stored, and found again.
        await load.WhenAskedAsync(2_000);

        server.Freeze();
        var missesBefore = load.Misses;
        await Task.Delay(TimeSpan.FromSeconds(5));
        var misses = load.Misses - missesBefore;
        var isUpWhileFrozen = node.Client.Connection.IsUp;
        server.Thaw();
        await node.Client.WhenUpAsync();
        await load.WhenHitAsync();

        await load.StopAsync();
        Assert.False(isUpWhileFrozen);
        if (hasMemory)
        {
            Assert.Equal(0, misses);
        }
        else
        {
            Assert.True(misses > 0, "There was no miss.");
            Assert.True(failures["timeout"] > 0, "No time-out was counted.");
            Assert.True(failures["down"] > failures["timeout"], "Calls waited although Redis was known to be away.");
        }

        Assert.InRange(load.Longest, TimeSpan.Zero, LongestCall);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Server_Evicting_KeepsWhatFits(bool hasMemory)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "8mb", "--maxmemory-policy", "allkeys-lru");
        await using var node = await NodeAsync(server, hasMemory, Patient);
        await using var reader = await CacheNode.RedisAsync(server);
        using var failures = new FailureCounter(node.Client.Services);
        const int Count = 2_000;

        for (var i = 0; i < Count; i++)
        {
            // As the gateway does; it also keeps the generation among what was used last.
            Assert.Null(await node.Store.GetAsync($"k{i}"));
            await node.Store.SetAsync($"k{i}", Answers.Of(new byte[10_000]));
        }

        var found = 0;
        for (var i = 0; i < Count; i++)
        {
            found += await reader.Store.GetAsync($"k{i}") is null ? 0 : 1;
        }

        await node.Store.SetAsync("last", Answers.Of("a"));
        Assert.InRange(found, 1, 800);
        Assert.Equal("a", Answers.TextOf(await reader.Store.GetAsync("last")));
        Assert.Equal(0, failures["error"]);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Server_FullAndRefusing_CountsErrorsAndForgetsTheOldAnswer(bool hasMemory)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory", "4mb", "--maxmemory-policy", "noeviction");
        await using var node = await NodeAsync(server, hasMemory, Patient);
        await using var reader = await CacheNode.RedisAsync(server);
        using var failures = new FailureCounter(node.Client.Services);
        await node.Store.SetAsync("old", Answers.Of("old"));
        for (var i = 0; failures["error"] == 0; i++)
        {
            Assert.True(i < 10_000, "The server never refused.");
            await node.Store.SetAsync($"k{i}", Answers.Of(new byte[10_000]));
        }

        var kept = await node.Store.SetAsync("old", Answers.Of(new byte[100_000]));

        // Memory has room.
        Assert.Equal(hasMemory, kept);
        Assert.Null(await reader.Store.GetAsync("old"));
        Assert.NotNull(await reader.Store.GetAsync("k0"));
        Assert.True(node.Client.Connection.IsUp);

        await server.CommandAsync("CONFIG SET maxmemory 64mb");
        Assert.True(await node.Store.SetAsync("old", Answers.Of("new")));
        Assert.Equal("new", Answers.TextOf(await reader.Store.GetAsync("old")));
    }

    private static Task<CacheNode> NodeAsync(RedisServer server, bool hasMemory, TimeSpan? timeout = null) => hasMemory
        ? CacheNode.TwoLevelAsync(server, configure: options => options.Timeout = timeout ?? Timeout)
        : CacheNode.RedisAsync(server, configure: options => options.Timeout = timeout ?? Timeout);

    /// <summary>Many look-ups at once, each of which stores what it does not find, as the gateway does.</summary>
    private sealed class StoreLoad : IAsyncDisposable
    {
        private const int Workers = 16;

        private readonly CancellationTokenSource _stopping = new();
        private readonly IResponseCacheStore _store;
        private readonly Task[] _workers;
        private long _hits;
        private long _asked;
        private long _longest;
        private long _misses;

        public StoreLoad(IResponseCacheStore store)
        {
            _store = store;
            _workers = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(worker)))];
        }

        public TimeSpan Longest => TimeSpan.FromTicks(Volatile.Read(ref _longest));

        public long Misses => Volatile.Read(ref _misses);

        /// <summary>Waits until something is found that was asked for after this call.</summary>
        public async Task WhenHitAsync()
        {
            var seen = Volatile.Read(ref _hits);
            await Wait.UntilAsync(() => Volatile.Read(ref _hits) > seen + Workers);
        }

        public async Task WhenAskedAsync(int times)
        {
            var seen = Volatile.Read(ref _asked);
            await Wait.UntilAsync(() => Volatile.Read(ref _asked) > seen + times);
        }

        /// <summary>Stops, and throws what a worker has thrown.</summary>
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

        private async Task WorkAsync(int worker)
        {
            for (var i = 0; !_stopping.IsCancellationRequested; i++)
            {
                var key = $"{worker}-{i % 20}";
                var started = Stopwatch.GetTimestamp();
                var found = await _store.GetAsync(key);
                if (found is null)
                {
                    Interlocked.Increment(ref _misses);
                    await _store.SetAsync(key, Answers.Of(key));
                }

                var elapsed = Stopwatch.GetElapsedTime(started).Ticks;
                if (found is not null)
                {
                    Assert.Equal(key, Answers.TextOf(found));
                    Interlocked.Increment(ref _hits);
                }

                Interlocked.Increment(ref _asked);
                if (elapsed > Volatile.Read(ref _longest))
                {
                    Volatile.Write(ref _longest, elapsed);
                }

                // Calls that fail at once, or are found in memory, must not keep the processors from the server under test.
                await Task.Delay(1);
            }
        }
    }
}
