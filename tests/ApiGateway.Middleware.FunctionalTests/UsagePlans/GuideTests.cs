using System.Net;
using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.UsagePlans;

/// <summary>The example of the guide does what the guide says.</summary>
public sealed class GuideTests
{
    private const string Key = "at-least-twenty-characters";

    [Fact]
    public async Task Throttling_Example_AnswersAsTheGuideSays()
    {
        var time = new ManualTimeProvider();
        var guide = new Guide("throttling.md");
        using var json = JsonDocument.Parse(guide.BlocksOf("json").First());
        await using var host = await PlannedApi.StartAsync(time, json.RootElement.GetProperty("ApiGateway").GetRawText());

        using var noKey = await host.GetAsync("/prod/orders");
        await Refusal.AssertForbiddenAsync(noKey);
        Assert.Equal(20, await PlannedApi.ServedAsync(host, 25, key: Key));
        Assert.Equal(5, await PlannedApi.ServedAsync(host, 9, "/prod/health", key: null));
        using var refused = await PlannedApi.GetAsync(host, key: Key);
        await Refusal.AssertAsync(refused, HttpStatusCode.TooManyRequests, "TooManyRequestsException", """{"message":"Too Many Requests"}""");
        var line = Assert.Single(guide.BlocksOf("text")).Trim();
        Assert.StartsWith(line + " Request ", (await host.Logs.NextAsync("Throttled")).Message, StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10, await PlannedApi.ServedAsync(host, 15, key: Key));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 3, "/prod/health", key: null));
    }

    [Fact]
    public async Task Throttling_LimitsByCaller_AnswerAsTheGuideSays()
    {
        var guide = new Guide("throttling.md");
        using var json = JsonDocument.Parse(Assert.Single(guide.BlocksOf("json"), static block => block.Contains("RateLimits", StringComparison.Ordinal)));
        await using var host = await PlannedApi.StartAsync(new ManualTimeProvider(), json.RootElement.GetProperty("ApiGateway").GetRawText());

        using var first = await host.SendAsync(HttpMethod.Get, "/prod/orders", ("X-Tenant", "a"));
        Assert.Equal(
            Assert.Single(guide.BlocksOf("http")).Trim().Split('\n'),
            new[] { "RateLimit-Policy", "RateLimit" }.Select(name => $"{name}: {first.Headers.GetValues(name).Single()}"));
        Assert.Equal(19, await RateLimits.LimitedApi.ServedAsync(host, 25, "/prod/orders", ("X-Tenant", "a")));
        using var refused = await host.SendAsync(HttpMethod.Get, "/prod/orders", ("X-Tenant", "a"));
        await Refusal.AssertAsync(
            refused, HttpStatusCode.TooManyRequests, "TooManyRequestsException", """{"message":"Too Many Requests","limit":"per-tenant"}""");
        Assert.Equal("1", refused.Headers.GetValues("Retry-After").Single());
        Assert.Equal(1, await RateLimits.LimitedApi.ServedAsync(host, 3, "/prod/report"));
    }
}
