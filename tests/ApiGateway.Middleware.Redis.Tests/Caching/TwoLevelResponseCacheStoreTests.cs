using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>Memory before Redis: what hosts tell each other, and what happens when they cannot.</summary>
public sealed class TwoLevelResponseCacheStoreTests
{
    [Fact]
    public async Task Get_Again_AsksNobody()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.TwoLevelAsync(server);
        await using var second = await CacheNode.TwoLevelAsync(server);
        await first.Store.SetAsync("k", Answers.Of("a"));
        await HearAsync(first, second);
        await second.Store.GetAsync("k");

        server.Freeze();
        var own = first.Store.GetAsync("k");
        var fetched = second.Store.GetAsync("k");

        Assert.True(own.IsCompleted && fetched.IsCompleted);
        Assert.Equal("a", Answers.TextOf(await own));
        Assert.Equal("a", Answers.TextOf(await fetched));
        server.Thaw();
    }

    [Fact]
    public async Task Set_Again_OtherHostsForgetTheirCopy()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.TwoLevelAsync(server);
        await using var second = await CacheNode.TwoLevelAsync(server);
        await first.Store.SetAsync("k", Answers.Of("a"));
        Assert.Equal("a", Answers.TextOf(await second.Store.GetAsync("k")));

        await first.Store.SetAsync("k", Answers.Of("b"));

        await Wait.UntilAsync(async () => Answers.TextOf(await second.Store.GetAsync("k")) == "b");
    }

    [Fact]
    public async Task Remove_ByAnotherHost_IsForgotten()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.TwoLevelAsync(server);
        await using var second = await CacheNode.TwoLevelAsync(server);
        await first.Store.SetAsync("k", Answers.Of("a"));
        await first.Store.SetAsync("l", Answers.Of("a"));
        await second.Store.GetAsync("k");
        await second.Store.GetAsync("l");

        await first.Store.RemoveAsync("k");

        await Wait.UntilAsync(async () => await second.Store.GetAsync("k") is null);
        Assert.NotNull(await second.Store.GetAsync("l"));
    }

    [Fact]
    public async Task Flush_ByAnotherHost_EmptiesMemory()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.TwoLevelAsync(server);
        await using var second = await CacheNode.TwoLevelAsync(server);
        await first.Store.SetAsync("k", Answers.Of("a"));
        await second.Store.GetAsync("k");

        await first.Store.FlushAsync();

        Assert.Null(await first.Store.GetAsync("k"));
        await Wait.UntilAsync(async () => await second.Store.GetAsync("k") is null);
    }

    [Fact]
    public async Task Subscription_Lost_MemoryBeginsEmpty()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.TwoLevelAsync(server);
        await using var second = await CacheNode.TwoLevelAsync(server);
        await first.Store.SetAsync("k", Answers.Of("a"));
        await HearAsync(first, second);
        await second.Store.GetAsync("k");

        // The flush happens on Redis alone: no message tells of it, as if it had been sent in between.
        await server.CommandAsync("DEL {gw:orders:prod}:g");
        Assert.Equal("a", Answers.TextOf(await second.Store.GetAsync("k")));
        await server.CommandAsync("CLIENT KILL TYPE pubsub");

        await Wait.UntilAsync(async () => await second.Store.GetAsync("k") is null);
        await Wait.UntilAsync(() => second.UsesMemory);
    }

    [Fact]
    public async Task Get_RedisAway_MemoryStillAnswers_AndKeepsNewAnswers()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.TwoLevelAsync(server);
        await node.Store.SetAsync("k", Answers.Of("a"));

        await server.KillAsync();
        await Wait.UntilAsync(() => !node.Client.Connection.IsUp);
        var kept = await node.Store.SetAsync("l", Answers.Of("b"));

        Assert.True(kept);
        Assert.Equal("a", Answers.TextOf(await node.Store.GetAsync("k")));
        Assert.Equal("b", Answers.TextOf(await node.Store.GetAsync("l")));
    }

    [Fact]
    public async Task Flush_RedisAway_EmptiesOwnMemoryAndFailsTheTask()
    {
        await using var server = await RedisServer.StartAsync();
        await using var node = await CacheNode.TwoLevelAsync(server);
        await node.Store.SetAsync("k", Answers.Of("a"));

        await server.KillAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await node.Store.FlushAsync());
        await Wait.UntilAsync(() => !node.Client.Connection.IsUp);
        Assert.Null(await node.Store.GetAsync("k"));
    }

    [Fact]
    public async Task Get_MessagesDoNotArrive_LeavesMemoryOut()
    {
        // A server that refuses subscriptions: nobody can tell this host what is out of date.
        await using var server = await RedisServer.StartAsync("--rename-command", "SUBSCRIBE", "NO_SUBSCRIBE");
        await using var node = CacheNode.TwoLevel(await RedisClient.ConnectAsync(server));
        await using var other = await CacheNode.RedisAsync(server);
        await node.Store.SetAsync("k", Answers.Of("a"));
        Assert.Equal("a", Answers.TextOf(await node.Store.GetAsync("k")));

        await other.Store.SetAsync("k", Answers.Of("b"));

        Assert.False(node.UsesMemory);
        Assert.Equal("b", Answers.TextOf(await node.Store.GetAsync("k")));
    }

    [Fact]
    public async Task Parallel_SetsOnTwoHosts_EndWithTheSameAnswerEverywhere()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await CacheNode.TwoLevelAsync(server);
        await using var second = await CacheNode.TwoLevelAsync(server);
        CacheNode[] nodes = [first, second];

        for (var round = 0; round < 20; round++)
        {
            await Parallel.ForAsync(0, 16, async (i, _) =>
            {
                var store = nodes[i % 2].Store;
                await store.GetAsync("k");
                await store.SetAsync("k", Answers.Of($"{round}-{i}"));
                await store.GetAsync("k");
            });

            await Wait.UntilAsync(async () =>
                Answers.TextOf(await first.Store.GetAsync("k")) is { } one && one == Answers.TextOf(await second.Store.GetAsync("k")));
        }
    }

    // Messages come in order: when the last one has been heard, so have those before.
    private static async Task HearAsync(CacheNode from, CacheNode to)
    {
        await to.Store.SetAsync("marker", Answers.Of("m"));
        await from.Store.RemoveAsync("marker");
        await Wait.UntilAsync(async () => await to.Store.GetAsync("marker") is null);
    }
}
