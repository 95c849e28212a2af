using ApiGateway.Middleware.Hosting.Caching;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

/// <summary>Two hosts with one cache, from request to answer.</summary>
public sealed class TwoHostTests
{
    private const string Target = "/prod/products/7";

    public static TheoryData<RedisCacheLevels> Levels => [RedisCacheLevels.MemoryAndRedis, RedisCacheLevels.Redis];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Get_AnsweredByTheOtherHost_IsAHit(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await StartAsync(server, levels);
        await using var second = await StartAsync(server, levels);

        var answer = await first.GetAsync(Target);

        Assert.Equal(answer, await second.GetAsync(Target));
        Assert.Equal(answer, await first.GetAsync(Target));
        Assert.Equal((1, 0), (first.Calls, second.Calls));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Flush_OnOneHost_EmptiesBoth(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await StartAsync(server, levels);
        await using var second = await StartAsync(server, levels);
        var before = await first.GetAsync(Target);
        Assert.Equal(before, await second.GetAsync(Target));

        await second.Cache.FlushAsync("shop", "prod");

        var after = await second.GetAsync(Target);
        Assert.NotEqual(before, after);
        await Wait.UntilAsync(async () => await first.GetAsync(Target) == after);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Remove_OnOneHost_IsForgottenByBoth_AndTheRestStays(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await StartAsync(server, levels);
        await using var second = await StartAsync(server, levels);
        var before = await first.GetAsync(Target);
        var other = await first.GetAsync("/prod/products/8");
        await second.GetAsync(Target);

        await second.Cache.RemoveAsync("shop", "prod", new CachedRequest("GET", Target) { Origin = CachingHost.Origin });

        var after = await second.GetAsync(Target);
        Assert.NotEqual(before, after);
        await Wait.UntilAsync(async () => await first.GetAsync(Target) == after);
        Assert.Equal(other, await second.GetAsync("/prod/products/8"));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Invalidation_ByAClient_ReplacesTheAnswerOnBothHosts(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await StartAsync(server, levels);
        await using var second = await StartAsync(server, levels);
        var before = await first.GetAsync(Target);
        await second.GetAsync(Target);

        var after = await first.GetAsync(Target, "max-age=0");

        Assert.NotEqual(before, after);
        await Wait.UntilAsync(async () => await second.GetAsync(Target) == after);
        Assert.Equal(0, second.Calls);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Get_EncryptedCache_IsSharedButNotReadableInRedis(RedisCacheLevels levels)
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await StartAsync(server, levels, isEncrypted: true);
        await using var second = await StartAsync(server, levels, isEncrypted: true);
        await using var plain = await StartAsync(server, levels, prefix: "plain:");

        var answer = await first.GetAsync(Target);
        await plain.GetAsync(Target);

        Assert.Equal(answer, await second.GetAsync(Target));
        Assert.Equal(0, second.Calls);
        Assert.Equal(":0", await CountAsync(server, "{gw:"));
        Assert.Equal(":1", await CountAsync(server, "plain:{gw:"));
    }

    [Fact]
    public async Task Get_LevelsOfMemoryAlone_SharesNothing()
    {
        await using var server = await RedisServer.StartAsync();
        await using var first = await StartAsync(server, RedisCacheLevels.Memory);
        await using var second = await StartAsync(server, RedisCacheLevels.Memory);

        var answer = await first.GetAsync(Target);

        Assert.NotEqual(answer, await second.GetAsync(Target));
        Assert.Equal(answer, await first.GetAsync(Target));
    }

    private static async Task<CachingHost> StartAsync(RedisServer server, RedisCacheLevels levels, bool isEncrypted = false, string prefix = "")
    {
        var host = await CachingHost.StartAsync(
            server,
            options =>
            {
                options.Cache = levels;
                options.KeyPrefix = prefix;
            },
            isEncrypted ? static api => api.Cache("prod", configure: static setting => setting.CacheDataEncrypted = true) : null);
        if (levels is RedisCacheLevels.MemoryAndRedis)
        {
            await host.WhenListeningAsync();
        }

        return host;
    }

    // How many values whose key begins so hold the backend's text as it is.
    private static Task<string> CountAsync(RedisServer server, string prefix) => server.CommandAsync(
        "EVAL \"local n = 0; for _, key in ipairs(redis.call('KEYS', ARGV[1] .. '*:c:*')) do "
        + "if string.find(redis.call('GET', key), ARGV[2], 1, true) then n = n + 1 end end; return n\" 0 "
        + $"\"{prefix}\" \"{CachingHost.Secret}\"");
}
