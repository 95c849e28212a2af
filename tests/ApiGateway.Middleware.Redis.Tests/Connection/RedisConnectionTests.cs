using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Tests.Harness;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Tests.Connection;

public sealed class RedisConnectionTests
{
    [Fact]
    public async Task AskAsync_Connected_BringsTheAnswer()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);

        var written = await SetAsync(client, "a", "1");
        var read = await GetAsync(client, "a");

        Assert.True(written.IsAnswered && written.Value);
        Assert.True(read.IsAnswered);
        Assert.Equal("1", (string?)read.Value);
    }

    [Fact]
    public async Task AskAsync_ServerNeverThere_FailsAtOnce()
    {
        await using var server = RedisServer.NotStarted();
        await using var client = RedisClient.Create(server.Configuration);
        client.Connection.Start();

        var first = await GetAsync(client, "a").InTime();
        await client.Connection.FirstAttempt.InTime();
        var later = GetAsync(client, "a");

        Assert.Equal(RedisFault.Down, first.Fault);
        Assert.True(later.IsCompleted);
        Assert.Equal(RedisFault.Down, (await later).Fault);
    }

    [Fact]
    public async Task AskAsync_ServerStartsLater_IsAnswered()
    {
        await using var server = RedisServer.NotStarted();
        await using var client = RedisClient.Create(server.Configuration);
        client.Connection.Start();
        await client.Connection.FirstAttempt.InTime();

        await server.RestartAsync();
        await client.WhenUpAsync();

        Assert.True((await GetAsync(client, "a")).IsAnswered);
    }

    [Fact]
    public async Task AskAsync_ServerKilledAndRestarted_IsAnsweredAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);

        await server.KillAsync();
        await Wait.UntilAsync(() => !client.Connection.IsUp);
        var meanwhile = await GetAsync(client, "a");
        await server.RestartAsync();
        await client.WhenUpAsync();

        Assert.Equal(RedisFault.Down, meanwhile.Fault);
        Assert.True((await GetAsync(client, "a")).IsAnswered);
    }

    [Fact]
    public async Task AskAsync_ServerFrozen_TimesOutThenFailsAtOnceThenRecovers()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server, static options => options.Timeout = TimeSpan.FromMilliseconds(50));

        server.Freeze();
        var faults = new List<RedisFault>();
        await Wait.UntilAsync(async () =>
        {
            faults.Add((await GetAsync(client, "a")).Fault);
            return !client.Connection.IsUp;
        });
        var meanwhile = GetAsync(client, "a");
        var isImmediate = meanwhile.IsCompleted;
        server.Thaw();
        await client.WhenUpAsync();

        Assert.All(faults.SkipLast(1), static fault => Assert.Equal(RedisFault.Timeout, fault));
        Assert.True(isImmediate);
        Assert.Equal(RedisFault.Down, (await meanwhile).Fault);
        await Wait.UntilAsync(async () => (await GetAsync(client, "a")).IsAnswered);
    }

    [Fact]
    public async Task AskAsync_CommandRefused_TellsTheError()
    {
        await using var server = await RedisServer.StartAsync();
        await using var client = await RedisClient.ConnectAsync(server);

        var reply = await client.Connection.AskAsync("return redis.error_reply('WRONG it is')", static (database, script) => database.ScriptEvaluateAsync(script));

        Assert.Equal(RedisFault.Error, reply.Fault);
        Assert.IsType<RedisServerException>(reply.Error);
        Assert.True(client.Connection.IsUp);
    }

    [Fact]
    public async Task AskAsync_Disposed_FailsWithoutThrowing()
    {
        await using var server = await RedisServer.StartAsync();
        var client = await RedisClient.ConnectAsync(server);
        var connection = client.Connection;

        await client.DisposeAsync();
        var reply = await connection.AskAsync(0, static (database, _) => database.PingAsync());

        Assert.Equal(RedisFault.Down, reply.Fault);
    }

    private static ValueTask<RedisReply<bool>> SetAsync(RedisClient client, string key, string value) =>
        client.Connection.AskAsync((key, value), static (database, pair) => database.StringSetAsync(pair.key, pair.value));

    private static ValueTask<RedisReply<RedisValue>> GetAsync(RedisClient client, string key) =>
        client.Connection.AskAsync(key, static (database, name) => database.StringGetAsync(name));
}
