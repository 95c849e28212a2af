using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Throttling;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>A server that refuses calls whose keys do not live together, as a Redis Cluster does.</summary>
public sealed class ClusterModeTests : IDisposable
{
    private readonly string _slots = Path.Combine(Path.GetTempPath(), $"nodes-{Guid.NewGuid():N}.conf");

    private static readonly UsageAccount Account = new("gold", "partner", new QuotaLimit(6, QuotaPeriod.Month, 0));

    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task TryEnter_LevelsOfSeveralOwners_AllTakeOrNone(RedisMode mode)
    {
        await using var server = await StartAsync();
        await using var client = await RedisClient.ConnectAsync(server, options => options.Mode = mode);
        var store = client.Services.GetRequiredService<IThrottleStore>();
        ThrottleLimit[] limits =
        [
            new("key", 0, 9) { Owner = "gold", Caller = "partner" }, new("method", 0, 5) { ApiId = "orders", Owner = "prod" }, new("all", 0, 4),
        ];

        var results = new List<ThrottleResult>();
        for (var i = 0; i < 8; i++)
        {
            results.Add(await store.TryEnterAsync(Request(limits)));
        }

        Assert.True(client.Services.GetRequiredService<ScriptRunner>().IsCluster);
        Assert.Equal(Enumerable.Repeat(ThrottleResult.Allowed, 4).Concat(Enumerable.Repeat(ThrottleResult.Throttled(2), 4)), results);
        Assert.Equal(4, await UsedAsync(store));
        Assert.Equal(ThrottleResult.Allowed, await store.TryEnterAsync(Request([limits[1]])));
        Assert.Equal(ThrottleResult.Throttled(0), await store.TryEnterAsync(Request([limits[1]])));
    }

    [Fact]
    public async Task TryEnter_QuotaExceeded_TakesNothing()
    {
        await using var server = await StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var store = client.Services.GetRequiredService<IThrottleStore>();
        ThrottleLimit[] limits = [new("method", 0, 10) { ApiId = "orders", Owner = "prod" }, new("all", 0, 10)];

        for (var i = 0; i < 9; i++)
        {
            var result = await store.TryEnterAsync(Request(limits));
            Assert.Equal(i < 6 ? ThrottleResult.Allowed : ThrottleResult.QuotaExceeded, result);
        }

        foreach (var limit in limits)
        {
            var rest = new ThrottleRequest();
            rest.Add(limit, cost: 4);
            Assert.Equal(ThrottleResult.Allowed, await store.TryEnterAsync(rest));
        }
    }

    [Fact]
    public async Task Charge_LevelsOfSeveralOwners_AllAreCharged()
    {
        await using var server = await StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);
        var store = client.Services.GetRequiredService<IThrottleStore>();
        var request = new ThrottleRequest();
        request.Add(new ThrottleLimit("method", 0, 10) { ApiId = "orders", Owner = "prod" }, cost: 12);
        request.Add(new ThrottleLimit("all", 0, 10), cost: 3);

        await store.ChargeAsync(request);

        Assert.Equal((-2, 7), (request.Levels[0].Remaining, request.Levels[1].Remaining));
    }

    public void Dispose() => File.Delete(_slots);

    private async Task<RedisServer> StartAsync()
    {
        var server = await RedisServer.StartAsync("--cluster-enabled", "yes", "--cluster-config-file", _slots);
        try
        {
            await TakeSlotsAsync(server);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static async Task TakeSlotsAsync(RedisServer server)
    {
        await using var client = await RedisClient.ConnectAsync(server);
        Assert.True((await client.Connection.AskAsync(0, static (database, _) => database.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", "0", "16383"))).IsAnswered);
        await Wait.UntilAsync(async () => (await client.Connection.AskAsync(0, static (database, _) => database.StringSetAsync("a", "b"))).IsAnswered);
    }

    private static ThrottleRequest Request(ThrottleLimit[] limits)
    {
        var request = new ThrottleRequest { Account = Account };
        foreach (var limit in limits)
        {
            request.Add(limit);
        }

        return request;
    }

    private static async Task<long> UsedAsync(IThrottleStore store)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return Assert.Single(await store.ReadUsageAsync(Account, today, today, default)).Used;
    }
}
