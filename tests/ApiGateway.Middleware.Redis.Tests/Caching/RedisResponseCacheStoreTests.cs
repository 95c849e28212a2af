using System.Security.Cryptography;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Tests.Harness;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>What lies in Redis, and how hosts share it.</summary>
public sealed class RedisResponseCacheStoreTests
{
    [Fact]
    public async Task Set_AnAnswer_LiesUnderTheDocumentedKeysWithAnExpiry()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.RedisAsync(server, configure: static options => options.KeyPrefix = "shop:");

        await node.Store.SetAsync("key of the caller", Answers.Of("a", TimeSpan.FromMinutes(5)));

        using var admin = await ConnectionMultiplexer.ConnectAsync(server.Configuration);
        var keys = admin.GetServer(server.Configuration).Keys().Select(static key => (string)key!).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(2, keys.Count);
        Assert.Matches(@"^shop:\{gw:orders:prod\}:c:[A-Za-z0-9_-]{32}$", keys[0]);
        Assert.Equal("shop:{gw:orders:prod}:g", keys[1]);
        byte[] value = (await admin.GetDatabase().StringGetAsync(keys[0]))!;
        Assert.Equal(1, value[0]);
        var expiry = await admin.GetDatabase().KeyTimeToLiveAsync(keys[0]);
        Assert.InRange(expiry!.Value, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Set_AnAnswer_IsRemovedByRedisWhenItIsOver()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.RedisAsync(server);
        using var admin = await ConnectionMultiplexer.ConnectAsync(server.Configuration);

        await node.Store.SetAsync("k", Answers.Of("a", TimeSpan.FromMilliseconds(300)));
        var key = admin.GetServer(server.Configuration).Keys(pattern: "*:c:*").Single();

        await Wait.UntilAsync(async () => !await admin.GetDatabase().KeyExistsAsync(key));
    }

    [Fact]
    public async Task Get_StoredByAnotherHost_GivesTheAnswer()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.RedisAsync(server);
        await using var second = await CacheNode.RedisAsync(server);

        await first.Store.SetAsync("k", Answers.Of("a"));

        Assert.Equal("a", Answers.TextOf(await second.Store.GetAsync("k")));
    }

    [Fact]
    public async Task Flush_ByAnotherHost_FindsNothing_ThenKeepsNewAnswers()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.RedisAsync(server);
        await using var second = await CacheNode.RedisAsync(server);
        await first.Store.SetAsync("k", Answers.Of("a"));

        await second.Store.FlushAsync();
        var afterFlush = await first.Store.GetAsync("k");
        await first.Store.SetAsync("k", Answers.Of("b"));

        Assert.Null(afterFlush);
        Assert.Equal("b", Answers.TextOf(await second.Store.GetAsync("k")));
    }

    [Fact]
    public async Task Set_AnswerFromBeforeAFlushByAnotherHost_IsNotFound()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.RedisAsync(server);
        await using var second = await CacheNode.RedisAsync(server);
        await first.Store.SetAsync("other", Answers.Of("a"));
        Assert.Null(await first.Store.GetAsync("k"));

        // While the first host asks its backend.
        await second.Store.FlushAsync();
        await first.Store.SetAsync("k", Answers.Of("old"));

        Assert.Null(await second.Store.GetAsync("k"));
    }

    [Fact]
    public async Task Get_GenerationLost_FindsNothing_ThenKeepsNewAnswers()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.RedisAsync(server);
        using var admin = await ConnectionMultiplexer.ConnectAsync(server.Configuration);
        await node.Store.SetAsync("k", Answers.Of("a"));

        await admin.GetDatabase().KeyDeleteAsync("{gw:orders:prod}:g");
        var afterLoss = await node.Store.GetAsync("k");
        await node.Store.SetAsync("l", Answers.Of("b"));

        Assert.Null(afterLoss);
        Assert.Null(await node.Store.GetAsync("k"));
        Assert.Equal("b", Answers.TextOf(await node.Store.GetAsync("l")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(40)]
    public async Task Get_ValueOfSomebodyElse_FindsNothing(int length)
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.RedisAsync(server);
        using var admin = await ConnectionMultiplexer.ConnectAsync(server.Configuration);
        await node.Store.SetAsync("k", Answers.Of("a"));
        var key = admin.GetServer(server.Configuration).Keys(pattern: "*:c:*").Single();

        await admin.GetDatabase().StringSetAsync(key, RandomNumberGenerator.GetBytes(length));

        Assert.Null(await node.Store.GetAsync("k"));
    }

    [Fact]
    public async Task Set_LargerThanAnAnswerMayBe_KeepsNothing_AndForgetsTheOld()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.RedisAsync(server);
        await node.Store.SetAsync("k", Answers.Of("a"));

        var kept = await node.Store.SetAsync("k", Answers.Of(new byte[CachedResponse.MaxBodyBytes + (128 * 1024)]));

        Assert.False(kept);
        Assert.Null(await node.Store.GetAsync("k"));
    }

    [Fact]
    public async Task Flush_RedisAway_FailsTheTask()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.RedisAsync(server);
        await node.Store.SetAsync("k", Answers.Of("a"));

        await server.KillAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await node.Store.FlushAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await node.Store.RemoveAsync("k"));
    }
}
