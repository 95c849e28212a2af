using System.Net;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>What callers see while Redis is killed, restarted empty, frozen or made to forget, and that all is well again by itself.</summary>
public sealed class OutageTests
{
    private const double Plenty = 1e6;
    private const int PlentyBurst = 1_000_000;

    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task Frozen_FiveSecondsUnderLoad_NoRequestFails_AndUsageIsWhatWasLetIn(RedisMode mode)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await LimitedHost.StartAsync(server, Plenty, PlentyBurst, configure: options => options.Mode = mode);
        await host.WhenUpAsync();
        var load = new RunningLoad(host);
        await load.PassAsync(100);

        server.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.False(host.Connection.IsUp);
        await load.PassAsync(100);
        server.Thaw();
        await host.WhenUpAsync();
        await load.PassAsync(100);
        var (served, refused, other) = await load.StopAsync();

        Assert.Equal((0, 0), (refused, other));
        await host.WhenUsedAsync(used => used == served);
    }

    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task KilledAndRestartedEmpty_UnderLoad_NoRequestFails_AndTheNewServerIsUsed(RedisMode mode)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await LimitedHost.StartAsync(server, Plenty, PlentyBurst, configure: options => options.Mode = mode);
        await host.WhenUpAsync();
        var load = new RunningLoad(host);
        await load.PassAsync(100);

        await server.KillAsync();
        await host.WhenDownAsync();
        await load.PassAsync(100);
        await server.RestartAsync();
        await host.WhenUpAsync();
        await load.PassAsync(100);
        var (_, refused, other) = await load.StopAsync();

        Assert.Equal((0, 0), (refused, other));
        await host.WhenUsedAsync(used => used >= 100);
    }

    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task ScriptFlush_UnderLoad_NobodyNotices(RedisMode mode)
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await LimitedHost.StartAsync(server, Plenty, PlentyBurst, configure: options =>
        {
            options.Mode = mode;
            options.OnFailure = RedisFailureMode.Closed;
            options.Timeout = TimeSpan.FromSeconds(5);
        });
        await host.WhenUpAsync();
        var load = new RunningLoad(host);

        for (var i = 0; i < 10; i++)
        {
            await load.PassAsync(50);
            Assert.True((await host.Connection.AskAsync(0, static (database, _) => database.ExecuteAsync("SCRIPT", "FLUSH"))).IsAnswered);
        }

        var (served, refused, other) = await load.StopAsync();

        Assert.Equal((0, 0), (refused, other));
        await host.WhenUsedAsync(used => used == served);
    }

    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task Killed_Local_HostsLetInTheirPartsOfTheLimit_AndOfTheQuota(RedisMode mode)
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await LimitedHost.StartAsync(server, 0, 100, quota: 60, options => options.Mode = mode);
        await using var two = await LimitedHost.StartAsync(server, 0, 100, quota: 60, options => options.Mode = mode);
        await Wait.UntilAsync(() => one.Count.Last == 2 && two.Count.Last == 2);

        await server.KillAsync();
        await one.WhenDownAsync();
        await two.WhenDownAsync();

        // Of each quota a half; then of each bucket what the quota has left of its half.
        Assert.Equal((30, 30), (await one.ServedAsync(80), await two.ServedAsync(80)));
        Assert.Equal(HttpStatusCode.TooManyRequests, await one.GetAsync("items"));
    }

    [Fact]
    public async Task Killed_Local_BucketsAreDivided()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await LimitedHost.StartAsync(server, 0, 100);
        await using var two = await LimitedHost.StartAsync(server, 0, 100);
        await Wait.UntilAsync(() => one.Count.Last == 2 && two.Count.Last == 2);

        await server.KillAsync();
        await one.WhenDownAsync();
        await two.WhenDownAsync();

        Assert.Equal((50, 50), (await one.ServedAsync(80), await two.ServedAsync(80)));
    }

    [Fact]
    public async Task Killed_ByApi_OneIsOpenAndOneIsClosed_AndBothRecover()
    {
        await using var server = await RedisServer.StartAsync();
        await using var host = await LimitedHost.StartAsync(server, 0, 10, configure: static options =>
        {
            options.OnFailure = RedisFailureMode.Closed;
            options.OnFailureOf["items"] = RedisFailureMode.Open;
            options.Timeout = TimeSpan.FromSeconds(1);
        });
        await host.WhenUpAsync();
        using var decided = new FailureCounter(host.Services, RedisTelemetry.ThrottleFallbacks);
        Assert.Equal(10, await host.ServedAsync(12));

        await server.KillAsync();
        await host.WhenDownAsync();
        Assert.Equal("503 {\"message\":\"Service Unavailable\"}", await host.GetTextAsync());
        Assert.Equal(20, await host.ServedAsync(20, "items"));
        Assert.Equal((1, 20, 21), (decided["closed"], decided["open"], decided.Total));

        await server.RestartAsync();
        await host.WhenUpAsync();
        Assert.Equal(10, await host.ServedAsync(12));

        // Ten of now, and those that were let in without Redis.
        await host.WhenUsedAsync(used => used == 30);
    }

    [Fact]
    public async Task Usage_RedisAway_IsToldAsATimeout()
    {
        await using var server = RedisServer.NotStarted();
        await using var host = await LimitedHost.StartAsync(server, 1, 1);

        await Assert.ThrowsAsync<TimeoutException>(host.UsageAsync);
    }
}
