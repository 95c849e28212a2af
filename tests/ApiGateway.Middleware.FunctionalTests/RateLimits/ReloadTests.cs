using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.FunctionalTests.RateLimits;

/// <summary>Limits by caller are data: they change without a restart, and what was used stays used.</summary>
public sealed class ReloadTests
{
    private const string Limit = "Apis:orders:RateLimits:tenant";
    private static readonly (string, string?)[] Four = Numbers("4");
    private readonly ManualTimeProvider _time = new();
    private readonly ManualSettings _settings = new();

    [Fact]
    public async Task Reload_Unrelated_LosesNothing()
    {
        await using var host = await StartAsync(Four);
        Assert.Equal(3, await ServedAsync(host, 3));

        await ChangeAsync(host, [.. Four, ("Apis:orders:Stages:prod:Variables:a", "b")]);

        Assert.Equal(1, await ServedAsync(host, 9));
        Assert.Equal(4, await ServedAsync(host, 9, "other"));
    }

    [Fact]
    public async Task Reload_ChangedLimit_KeepsThePartOfTheWhole()
    {
        await using var host = await StartAsync(Four);
        Assert.Equal(3, await ServedAsync(host, 3));

        await ChangeAsync(host, Numbers("40"));

        Assert.Equal(10, await ServedAsync(host, 50));
        Assert.Equal(40, await ServedAsync(host, 50, "other"));
    }

    [Fact]
    public async Task Reload_RemovedLimit_IsGone_AndBackAsItWas()
    {
        await using var host = await StartAsync(Four);
        Assert.Equal(4, await ServedAsync(host, 9));

        await ChangeAsync(host, [("Apis:orders:Stages:prod:Variables:a", "b")]);
        Assert.Equal(9, await ServedAsync(host, 9));

        await ChangeAsync(host, Four);
        Assert.Equal(0, await ServedAsync(host, 9));
    }

    [Fact]
    public async Task Reload_WithAnError_KeepsTheOldLimit()
    {
        await using var host = await StartAsync(Four);

        _settings.Change([.. Four, ($"{Limit}:Key", "heder:X-Tenant")]);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Contains(
            "Apis:orders:RateLimits:tenant:Key must be 'principal', 'claim:NAME', 'header:NAME', 'ip', 'ip/24' (0 to 32), 'ip/24/64' (of IPv6 0 to 128) or '$context.NAME', but is 'heder:X-Tenant'. Did you mean 'header:'?",
            (await host.Logs.NextAsync("DefinitionRejected")).Message, StringComparison.Ordinal);

        Assert.Equal(4, await ServedAsync(host, 9));
    }

    private static (string, string?)[] Numbers(string burst) =>
        [($"{Limit}:Key", "header:X-Tenant"), ($"{Limit}:RateLimit", "0.000001"), ($"{Limit}:BurstLimit", burst)];

    private static Task<int> ServedAsync(TestHost host, int times, string tenant = "one") =>
        LimitedApi.ServedAsync(host, times, "/prod/b", ("X-Tenant", tenant));

    private async Task<TestHost> StartAsync((string, string?)[] members)
    {
        _settings.Change(members);
        var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = _time,
            Builder = builder =>
            {
                const string Mock = """ "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 200}" } } """;
                var json = $$"""{ "ApiGateway": { "Apis": { "orders": { "Routes": { "GET /b": { {{Mock}} } }, "Stages": { "prod": {} } } } } }""";
                builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json)));
                ((IConfigurationBuilder)builder.Configuration).Add(_settings);
            },
        });
        await host.Logs.NextAsync("DefinitionPublished");
        return host;
    }

    private async Task ChangeAsync(TestHost host, (string, string?)[] members)
    {
        _settings.Change(members);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await host.Logs.NextAsync("DefinitionPublished");
    }
}
