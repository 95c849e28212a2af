using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.Extensions.Configuration;

namespace ApiGateway.Middleware.FunctionalTests.UsagePlans;

/// <summary>What was used before a reload is used after it.</summary>
public sealed class ReloadTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ManualSettings _settings = new();

    [Fact]
    public async Task Reload_Unrelated_LosesNothing()
    {
        await using var host = await StartAsync("0", "4");
        Assert.Equal(3, await PlannedApi.ServedAsync(host, 3));

        await ChangeAsync(host, [.. Limits("0", "4"), ("Apis:orders:Stages:prod:Variables:a", "b")]);

        Assert.Equal(1, await PlannedApi.ServedAsync(host, 9));
    }

    [Fact]
    public async Task Reload_ChangedLimit_KeepsThePartOfTheWhole()
    {
        await using var host = await StartAsync("0", "4");
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 1));

        await ChangeAsync(host, Limits("0", "40"));

        Assert.Equal(30, await PlannedApi.ServedAsync(host, 50));
    }

    [Fact]
    public async Task Reload_ChangedQuota_KeepsWhatIsUsed()
    {
        await using var host = await StartAsync("1000", "1000");
        Assert.Equal(7, await PlannedApi.ServedAsync(host, 9));

        await ChangeAsync(host, [("UsagePlans:gold:Quota:Limit", "10")]);

        Assert.Equal(3, await PlannedApi.ServedAsync(host, 9));
    }

    [Fact]
    public async Task Reload_RotatedValue_IsTheSameKey()
    {
        const string Next = "0123456789-partner-next";
        await using var host = await StartAsync("0", "4");
        Assert.Equal(2, await PlannedApi.ServedAsync(host, 2));

        await ChangeAsync(host, [
            .. Limits("0", "4"), ("ApiKeys:partner-a:Value", Next), ("ApiKeys:partner-a:PreviousValue", PlannedApi.Key),
            ("ApiKeys:partner-a:PreviousValueExpires", "2026-01-01T01:00:00Z")]);

        Assert.Equal(1, await PlannedApi.ServedAsync(host, 1));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 9, key: Next));
        _time.Advance(TimeSpan.FromHours(1));
        using var expired = await PlannedApi.GetAsync(host);
        await Refusal.AssertForbiddenAsync(expired);
    }

    [Fact]
    public async Task Reload_WithAnError_KeepsTheOldPlan()
    {
        await using var host = await StartAsync("0", "4");

        _settings.Change(("UsagePlans:gold:Throttle:RateLimit", "-1"), ("UsagePlans:gold:Throttle:BurstLimit", "1"));
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await host.Logs.NextAsync("DefinitionRejected");

        Assert.Equal(4, await PlannedApi.ServedAsync(host, 9));
    }

    private static (string, string?)[] Limits(string rate, string burst) =>
        [("UsagePlans:gold:Throttle:RateLimit", rate), ("UsagePlans:gold:Throttle:BurstLimit", burst)];

    private async Task<TestHost> StartAsync(string rate, string burst)
    {
        _settings.Change(Limits(rate, burst));
        var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = _time,
            Builder = builder =>
            {
                var json = $$"""{ "ApiGateway": {{PlannedApi.Settings(""" "Quota": { "Limit": 7, "Period": "MONTH" } """)}} }""";
                if (burst == "4")
                {
                    json = json.Replace("\"Limit\": 7", "\"Limit\": 1000", StringComparison.Ordinal);
                }

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
