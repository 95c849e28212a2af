using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Redis.Tests.Harness;

namespace ApiGateway.Middleware.Redis.Tests.Throttling;

/// <summary>Limits by caller, over two hosts: both must tell callers apart in the same way.</summary>
public sealed class CallerLimitTests
{
    [Theory]
    [InlineData(RedisMode.Exact)]
    [InlineData(RedisMode.Leased)]
    public async Task Get_TwoHosts_ShareEachCallersBucket(RedisMode mode)
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await StartAsync(server, mode);
        await using var two = await StartAsync(server, mode);
        await one.WhenUpAsync();
        await two.WhenUpAsync();

        foreach (var tenant in new[] { "a", "b" })
        {
            var served = 0;
            for (var i = 0; i < 12; i++)
            {
                served += (await (i % 2 == 0 ? one : two).GetTextAsync(("X-Tenant", tenant))).StartsWith("200", StringComparison.Ordinal) ? 1 : 0;
            }

            Assert.Equal(5, served);
        }
    }

    [Fact]
    public async Task Get_RedisAway_EachHostLimitsCallers()
    {
        await using var server = RedisServer.NotStarted();
        await using var host = await StartAsync(server, RedisMode.Exact);

        foreach (var tenant in new[] { "a", "b" })
        {
            for (var i = 0; i < 7; i++)
            {
                Assert.StartsWith(i < 5 ? "200" : "429", await host.GetTextAsync(("X-Tenant", tenant)), StringComparison.Ordinal);
            }
        }
    }

    private static Task<LimitedHost> StartAsync(RedisServer server, RedisMode mode) => LimitedHost.StartAsync(
        server, 1e6, 1_000_000,
        configure: options => (options.Mode, options.Timeout) = (mode, TimeSpan.FromSeconds(5)),
        limits: static api => api.RateLimit("tenant", static limit =>
        {
            limit.Key.Add("header:X-Tenant");
            (limit.RateLimit, limit.BurstLimit) = (1e-3, 5);
        }));
}
