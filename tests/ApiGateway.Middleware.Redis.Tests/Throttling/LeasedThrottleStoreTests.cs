using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Hosting;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

public sealed class LeasedThrottleStoreTests(ServerFixture fixture) : RedisStoreContract(fixture, RedisMode.Leased), IClassFixture<ServerFixture>
{
    [Fact]
    public async Task TryEnter_ManyInAShortTime_MostAskNobody()
    {
        var limit = new ThrottleLimit("a", 1_000_000, 1_000_000);
        var asked = 0;

        for (var i = 0; i < 100_000; i++)
        {
            var pending = Store.TryEnterAsync(Request(limit));
            asked += pending.IsCompleted ? 0 : 1;
            Assert.Equal(ThrottleDecision.Allowed, (await pending).Decision);
        }

        Assert.InRange(asked, 1, 100);
    }

    [Fact]
    public async Task TryEnter_EmptyBucket_IsRefusedWithoutAsking_UntilItRegains()
    {
        var limit = new ThrottleLimit("a", 1, 1);
        Assert.Equal(1, await CountAsync(2, limit));

        var pending = Store.TryEnterAsync(Request(limit));

        Assert.True(pending.IsCompleted);
        Assert.Equal(ThrottleResult.Throttled(0), await pending);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await CountAsync(2, limit));
    }

    [Fact]
    public async Task TryEnter_ManyHosts_LetInWhatTheBucketHas()
    {
        var limit = new ThrottleLimit("a", 0, 1_000);
        var hosts = new[] { Store, StoreOf(await AddHostAsync()), StoreOf(await AddHostAsync()), StoreOf(await AddHostAsync()) };
        var allowed = 0;

        await Task.WhenAll(hosts.Select(host => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Interlocked.Add(ref allowed, (await host.TryEnterAsync(Request(limit))).Decision == ThrottleDecision.Allowed ? 1 : 0);
            }
        })));

        Assert.Equal(1_000, allowed);
    }

    [Fact]
    public async Task Upkeep_IdleLeases_AreGivenBack()
    {
        var (limit, account) = (new ThrottleLimit("a", 0, 10_000), new UsageAccount("plan", "key", new QuotaLimit(100_000, QuotaPeriod.Day, 0)));
        var other = StoreOf(await AddHostAsync());
        Assert.Equal(200, await CountAsync(200, limit, account));
        await Upkeep.DoAsync();
        await Upkeep.DoAsync();

        Assert.Equal(ThrottleResult.Allowed, await other.TryEnterAsync(Request(limit, cost: 9_800)));
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        Assert.Equal(200, Assert.Single(await other.ReadUsageAsync(account, today, today, Now)).Used);
    }

    [Fact]
    public async Task Stop_Host_GivesBackWhatItHolds()
    {
        var limit = new ThrottleLimit("a", 0, 10_000);
        var second = await AddHostAsync();
        await StoreOf(second).TryEnterAsync(Request(limit));
        await StoreOf(second).TryEnterAsync(Request(limit));
        await StoreOf(second).TryEnterAsync(Request(limit));

        await UpkeepOf(second).StopAsync(default);

        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, cost: 9_997)));
    }
}
