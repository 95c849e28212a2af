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
