using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Caching;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary>The examples of the guide do what the guide says.</summary>
public sealed class GuideTests
{
    private readonly Guide _guide = new("caching.md");

    [Fact]
    public async Task Settings_DoWhatTheTableSays()
    {
        await using var host = await StartAsync();

        Assert.Equal("1", await host.GetTextAsync("/prod/orders/7"));
        Assert.Equal("1", await host.GetTextAsync("/prod/orders/7"));
        Assert.Equal("2", await host.GetTextAsync("/prod/orders/8"));
        Assert.Equal("3", await host.GetTextAsync("/prod/search?type=a&utm=1"));
        Assert.Equal("3", await host.GetTextAsync("/prod/search?type=a&utm=2"));
        using var anew = await host.SendAsync(HttpMethod.Get, "/prod/search?type=a", ("Cache-Control", "max-age=0"));
        Assert.Equal("4", await anew.Content.ReadAsStringAsync());
        Assert.Equal("4", await host.GetTextAsync("/prod/search?type=a"));
        using var first = await host.SendAsync(HttpMethod.Post, "/prod/orders");
        using var second = await host.SendAsync(HttpMethod.Post, "/prod/orders");
        Assert.Equal(("5", "6"), (await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync()));
        Assert.Empty(host.Logs.Warnings);
    }

    [Fact]
    public async Task Policy_OfTheGuide_IsOne()
    {
        await using var api = await CachedApi.StartAsync(rest =>
        {
            rest.Definition.Policy = $$"""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"}, {{_guide.BlocksOf("json")[1]}}]}
                """;
            rest.Map("GET /search", static method => method.InProcess("backend"));
        });
        await api.GetAsync("/prod/search");

        Assert.Equal("2", await api.GetAsync("/prod/search", ("Cache-Control", "max-age=0")));
    }

    [Fact]
    public async Task Settings_BeyondTheManagedService_AreOnes()
    {
        var members = _guide.BlocksOf("json")[2].Trim()[1..^1];
        await using var host = await StartAsync(text => text.Replace("\"CacheClusterSize\": \"0.5\",", $"\"CacheClusterSize\": \"0.5\", {members},", StringComparison.Ordinal));
        await host.GetTextAsync("/prod/orders/7");

        using var hit = await host.GetAsync("/prod/orders/7");

        Assert.True(hit.Headers.Contains("ETag"));
    }

    [Fact]
    public async Task Code_FlushesAndRemoves()
    {
        await using var host = await StartAsync();
        var cache = host.Services.GetRequiredService<IGatewayCache>();
        await host.GetTextAsync("/prod/search?type=a", "localhost:5080");
        await host.GetTextAsync("/prod/orders/7");

        await cache.RemoveAsync("orders", "prod", new CachedRequest("GET", "/prod/search?type=a") { Origin = "http://localhost:5080" });

        Assert.Equal("3", await host.GetTextAsync("/prod/search?type=a", "localhost:5080"));
        Assert.Equal("2", await host.GetTextAsync("/prod/orders/7"));
        await cache.FlushAsync("orders", "prod");
        Assert.Equal("4", await host.GetTextAsync("/prod/orders/7"));
        Assert.Equal(
            """
            await cache.FlushAsync("orders", "prod");
            await cache.RemoveAsync("orders", "prod", new CachedRequest("GET", "/prod/search?type=a") { Origin = "http://localhost:5080" });
            """.ReplaceLineEndings("\n"),
            Assert.Single(_guide.BlocksOf("csharp")));
    }

    private Task<TestHost> StartAsync(Func<string, string>? change = null)
    {
        var calls = 0;
        var json = _guide.BlocksOf("json")[0];
        return TestHost.StartAsync(new TestHostSetup
        {
            Settings = JsonDocument.Parse(change?.Invoke(json) ?? json).RootElement.GetProperty("ApiGateway").GetRawText(),
            Gateway = gateway => gateway.AddHandler("orders", http => http.Response.WriteAsync($"{Interlocked.Increment(ref calls)}")),
        });
    }
}
