using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Throttling;
using ApiGateway.Middleware.Tests;
using ApiGateway.Middleware.Tests.State;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>The contract against a real server, whose scripts read the clock from a key that the test moves.</summary>
public abstract class RedisStoreContract(ServerFixture fixture, RedisMode mode) : ThrottleStoreContract, IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly string _prefix = $"{Guid.NewGuid():N}:";
    private readonly List<RedisClient> _hosts = [];

    protected override IThrottleStore Store => StoreOf(_hosts[0]);

    protected override DateTimeOffset Now => _time.GetUtcNow();

    internal ThrottleUpkeep Upkeep => UpkeepOf(_hosts[0]);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not installed.");
        await AddHostAsync();
        await AdvanceAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task TryEnter_AnyInterleavingOfHosts_AdmitsNoMoreThanTheBucketHasAndRegains()
    {
        const int Rounds = 10;
        const int Hosts = 3;
        while (_hosts.Count < Hosts)
        {
            await AddHostAsync();
        }

        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var limit = new ThrottleLimit($"limit {round}", random.Next(1, 20_000) / 7.0, random.Next(1, 200));
            var (start, served, seed) = (Now, 0, random.Next());
            var workers = Enumerable.Range(0, 2 * Hosts).Select(i => Task.Run(async () =>
            {
                var own = new Random(seed + i);
                for (var n = 0; n < 60; n++)
                {
                    var cost = own.Next(1, 4);
                    if ((await StoreOf(_hosts[i % Hosts]).TryEnterAsync(Request(limit, cost))).Decision == ThrottleDecision.Allowed)
                    {
                        Interlocked.Add(ref served, cost);
                    }
                }
            })).ToList();
            for (var move = 0; move < 10; move++)
            {
                await AdvanceAsync(TimeSpan.FromMilliseconds(random.Next(1, 20)));
            }

            await Task.WhenAll(workers);
            Assert.InRange(served, 0, Math.Floor(limit.BurstLimit + (limit.RateLimit * (Now - start).TotalSeconds) + 1e-3));

            // And nothing was lost: what hosts hold they give back, and the rest is regained.
            await AdvanceAsync(TimeSpan.FromSeconds(1.9) + TimeSpan.FromTicks((long)Math.Ceiling(limit.BurstLimit / limit.RateLimit * TimeSpan.TicksPerSecond)));
            foreach (var host in _hosts)
            {
                await UpkeepOf(host).DoAsync();
                await UpkeepOf(host).DoAsync();
            }

            Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, limit.BurstLimit)));
        }
    }

    /// <summary>Makes another host of the gateway.</summary>
    internal async Task<RedisClient> AddHostAsync()
    {
        var host = await RedisClient.ConnectAsync(
            fixture.Server!,
            options => (options.Mode, options.KeyPrefix, options.Timeout) = (mode, _prefix, TimeSpan.FromSeconds(10)),
            services =>
            {
                // The connection's own checks go by the real clock.
                services.AddSingleton(new ThrottleScripts(
                    $"local SLACK_MS = 3600000 local function clock() return tonumber(redis.call('GET', '{_prefix}clock')) end"));
                services.AddSingleton<IThrottleStore>(provider => mode == RedisMode.Leased
                    ? ActivatorUtilities.CreateInstance<LeasedThrottleStore>(provider, _time)
                    : ActivatorUtilities.CreateInstance<ExactThrottleStore>(provider));
            });
        _hosts.Add(host);
        return host;
    }

    internal static IThrottleStore StoreOf(RedisClient host) => host.Services.GetServices<IThrottleStore>().First();

    internal static ThrottleUpkeep UpkeepOf(RedisClient host) => ActivatorUtilities.CreateInstance<ThrottleUpkeep>(host.Services, StoreOf(host));

    protected override async Task AdvanceAsync(TimeSpan by)
    {
        _time.Advance(by);
        var microseconds = ((Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
        await DatabaseAsync(database => database.StringSetAsync($"{_prefix}clock", microseconds));
        if (by >= TimeSpan.FromSeconds(2))
        {
            // What a host does every second.
            await Upkeep.DoAsync();
            await Upkeep.DoAsync();
        }
    }

    protected async Task<T> DatabaseAsync<T>(Func<IDatabase, Task<T>> call)
    {
        var reply = await _hosts[0].Connection.AskAsync(call, static (database, call) => call(database));
        Assert.True(reply.IsAnswered);
        return reply.Value!;
    }

    protected async Task<IReadOnlyList<string>> KeysAsync() => (string[])(await DatabaseAsync(
        database => database.ExecuteAsync("KEYS", $"{_prefix}*")))!;
}
