using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Hosting;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

public sealed class ExactThrottleStoreTests(ServerFixture fixture) : RedisStoreContract(fixture, RedisMode.Exact), IClassFixture<ServerFixture>
{
    [Fact]
    public async Task TryEnter_TwoHosts_ShareBucketsAndQuotas()
    {
        var other = StoreOf(await AddHostAsync());
        var (limit, account) = (new ThrottleLimit("a", 0, 10), new UsageAccount("plan", "key", new QuotaLimit(7, QuotaPeriod.Day, 0)));

        Assert.Equal(6, await CountAsync(6, limit));
        Assert.Equal(ThrottleResult.Allowed, await other.TryEnterAsync(Request(limit, cost: 4)));
        Assert.Equal(ThrottleResult.Throttled(0), await other.TryEnterAsync(Request(limit)));

        Assert.Equal(5, await CountAsync(5, null, account));
        await other.SetRemainingAsync(account, 1, Now);
        Assert.Equal(1, await CountAsync(5, null, account));
    }

    [Fact]
    public async Task Keys_OfOneCaller_HaveOneHashTag_AndValuesBeginWithTheVersion()
    {
        var account = new UsageAccount("gold {1}", "partner", new QuotaLimit(7, QuotaPeriod.Day, 0));
        var request = Request(
            [
                new("key", 1, 5) { Owner = "gold {1}", Caller = "partner" },
                new("method", 1, 5) { ApiId = "orders", Owner = "prod" },
                new("account", 1, 5),
            ],
            account);
        await Store.TryEnterAsync(request);
        await AdvanceAsync(TimeSpan.FromDays(1));
        await Store.TryEnterAsync(request);
        await Store.TryEnterAsync(Request(new ThrottleLimit("user", 1, 5) { ApiId = "orders", Owner = "prod" }, key: 255));

        var keys = (await KeysAsync()).Select(static key => key[33..]).Where(static key => key.Contains("{gw:", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(6, keys.Count);
        Assert.Equal(3, keys.Count(static key => key.StartsWith("{gw::gold%20%7B1%7D:", StringComparison.Ordinal)));
        Assert.Single(keys, static key => key.EndsWith("}:q", StringComparison.Ordinal));
        Assert.Single(keys, static key => key.EndsWith("}:u:20455", StringComparison.Ordinal));
        Assert.Single(keys, static key => key.StartsWith("{gw:orders:prod:}:t:", StringComparison.Ordinal));
        Assert.Single(keys, static key => key.StartsWith("{gw:orders:prod:000000000000000000000000000000ff}:t:", StringComparison.Ordinal));
        Assert.Single(keys, static key => key.StartsWith("{gw:::}:t:", StringComparison.Ordinal));
        foreach (var key in (await KeysAsync()).Where(static key => key.Contains("{gw:", StringComparison.Ordinal)))
        {
            Assert.Equal(1, ((byte[])(await DatabaseAsync(database => database.StringGetAsync(key)))!)[0]);
            Assert.NotNull(await DatabaseAsync(database => database.KeyTimeToLiveAsync(key)));
        }
    }

    [Fact]
    public async Task TryEnter_ValueOfAnotherVersion_IsAFullBucket()
    {
        var limit = new ThrottleLimit("a", 0, 3);
        await CountAsync(3, limit);
        var key = (await KeysAsync()).Single(static key => key.Contains("{gw:", StringComparison.Ordinal));

        await DatabaseAsync(database => database.StringSetAsync(key, "\u0002something else"));

        Assert.Equal(3, await CountAsync(5, limit));
    }

    [Fact]
    public async Task TryEnter_ServerForgetsItsScripts_GoesOn()
    {
        var limit = new ThrottleLimit("a", 0, 10);
        await CountAsync(2, limit);

        await DatabaseAsync(static database => database.ExecuteAsync("SCRIPT", "FLUSH"));

        Assert.Equal(8, await CountAsync(10, limit));
    }

    [Fact]
    public async Task TryEnter_ClockOfTheServerGoesBack_RegainsNothingTwice()
    {
        var limit = new ThrottleLimit("a", 1, 10);
        await CountAsync(10, limit);
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(5, await CountAsync(9, limit));

        await AdvanceAsync(TimeSpan.FromSeconds(-5));
        Assert.Equal(0, await CountAsync(1, limit));
        await AdvanceAsync(TimeSpan.FromSeconds(5));

        Assert.Equal(0, await CountAsync(1, limit));
    }
}
