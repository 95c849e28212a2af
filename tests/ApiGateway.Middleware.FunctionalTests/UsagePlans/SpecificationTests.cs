using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.UsagePlans;

/// <summary>Rules of keys, plans, levels and quotas that no other test has end to end.</summary>
public sealed class SpecificationTests
{
    private readonly ManualTimeProvider _time = new();

    /// <summary>The service's own example: 10,000 requests in the first millisecond against 10,000 a second and 5,000 at once.</summary>
    [Fact]
    public async Task Levels_ExampleOfTheGuide_TenThousandAtOnce_Serves5000()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(more: """, "Throttle": { "RateLimit": 10000, "BurstLimit": 5000 } """));

        Assert.Equal(5_000, await ManyAsync(host, 10_000));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertThrottledAsync(refused);
    }

    /// <summary>The same in two halves: 5,000 in the first millisecond, 5,000 at 101 ms.</summary>
    [Fact]
    public async Task Levels_ExampleOfTheGuide_TwoHalves_Serves1000OfTheSecond()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(stage: """
            "MethodSettings": { "*/*": { "ThrottlingRateLimit": 10000, "ThrottlingBurstLimit": 5000 } }
            """));

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(5_000, await ManyAsync(host, 5_000));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1_000, await ManyAsync(host, 5_000));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertThrottledAsync(refused);
    }

    [Fact]
    public async Task Levels_FractionsOfARequestPerSecond_AddUp()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Throttle": { "RateLimit": 0.25, "BurstLimit": 1 } """));

        Assert.Equal(1, await PlannedApi.ServedAsync(host, 3));
        _time.Advance(TimeSpan.FromMilliseconds(3_999));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertThrottledAsync(refused);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 3));
    }

    [Fact]
    public async Task Levels_RateAndBurstOfZero_RefuseEverything()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Throttle": { "RateLimit": 0, "BurstLimit": 0 } """));

        for (var i = 0; i < 3; i++)
        {
            using var refused = await PlannedApi.GetAsync(host);
            await AssertThrottledAsync(refused);
            _time.Advance(TimeSpan.FromDays(400));
        }
    }

    [Fact]
    public async Task Key_OfTheAuthorizer_IsAValue_AndTheHeaderIsIgnored()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = _time,
            Settings = PlannedApi.Settings(""" "Throttle": { "RateLimit": 0, "BurstLimit": 2 } """).Replace(
                "\"Routes\": { \"GET /orders\": { \"ApiKeyRequired\": true,",
                """
                "ApiKeySource": "AUTHORIZER", "Authorizers": { "a": { "Type": "TOKEN", "Handler": "a", "AuthorizerResultTtlInSeconds": 0 } },
                "Routes": { "GET /orders": { "ApiKeyRequired": true, "AuthorizationType": "CUSTOM", "AuthorizerId": "a",
                """,
                StringComparison.Ordinal),
            Gateway = static gateway => gateway.AddAuthorizer("a", static (request, _) => new(AuthorizationResult.Allow("bob") with
            {
                UsageIdentifierKey = request.Token == "none" ? null : request.Token,
            })),
        });
        Task<HttpResponseMessage> SendAsync(string key, string header) =>
            host.SendAsync(HttpMethod.Get, "/prod/orders", ("Authorization", key), ("x-api-key", header));

        foreach (var key in new[] { "none", "partner-a", "0123456789-unknown--" })
        {
            using var forbidden = await SendAsync(key, PlannedApi.Key);
            await Refusal.AssertForbiddenAsync(forbidden);
        }

        using var first = await SendAsync(PlannedApi.Key, "wrong");
        using var second = await SendAsync(PlannedApi.Key, PlannedApi.OtherKey);
        using var third = await SendAsync(PlannedApi.Key, PlannedApi.OtherKey);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        await AssertThrottledAsync(third);
    }

    [Fact]
    public async Task Key_TwoWithOneValue_CountAsOne()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Throttle": { "RateLimit": 0, "BurstLimit": 2 } """)
            .Replace(PlannedApi.OtherKey, PlannedApi.Key, StringComparison.Ordinal));

        Assert.Equal(2, await PlannedApi.ServedAsync(host, 9));
    }

    [Fact]
    public async Task Plan_LimitAndQuota_AreSummedOverItsStages()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(
            """ "Throttle": { "RateLimit": 1, "BurstLimit": 4 }, "Quota": { "Limit": 6, "Period": "DAY" } """).Replace(
            "\"Stage\": \"prod\" }", "\"Stage\": \"prod\" }, { \"Api\": \"orders\", \"Stage\": \"test\" }", StringComparison.Ordinal));

        Assert.Equal((3, 1), (await PlannedApi.ServedAsync(host, 3), await PlannedApi.ServedAsync(host, 3, "/test/orders")));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((1, 1), (await PlannedApi.ServedAsync(host, 1), await PlannedApi.ServedAsync(host, 2, "/test/items")));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertQuotaExceededAsync(refused);
        Assert.Equal(4, await PlannedApi.ServedAsync(host, 4, key: PlannedApi.OtherKey));
    }

    /// <summary>From Thursday, 1 January 2026: the last second of the period, and the next one.</summary>
    [Theory]
    [InlineData("DAY", 1)]
    [InlineData("WEEK", 3)]
    [InlineData("MONTH", 31)]
    public async Task Quota_Period_EndsAtMidnightOfUtc(string period, int days)
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings($$""" "Quota": { "Limit": 2, "Period": "{{period}}" } """));

        Assert.Equal(2, await PlannedApi.ServedAsync(host, 2));
        _time.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertQuotaExceededAsync(refused);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await PlannedApi.ServedAsync(host, 5));
    }

    [Fact]
    public async Task Quota_WhatIsRefusedElsewhere_DoesNotCount_AndUsageTellsTheRest()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(
            """ "Throttle": { "RateLimit": 0, "BurstLimit": 2 }, "Quota": { "Limit": 5, "Period": "DAY" } """));
        var usage = host.Services.GetRequiredService<IGatewayUsage>();
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

        Assert.Equal(2, await PlannedApi.ServedAsync(host, 9));
        Assert.Equal(0, await PlannedApi.ServedAsync(host, 3, key: "0123456789-unknown--"));

        Assert.Equal(new UsageDay(today, 2, 3), Assert.Single(await usage.GetAsync("gold", "partner-a", today, today)));
        await usage.SetRemainingAsync("gold", "partner-a", 0);
        Assert.Equal(0, await PlannedApi.ServedAsync(host, 1));
        Assert.Equal(2, await PlannedApi.ServedAsync(host, 2, key: PlannedApi.OtherKey));
    }

    private static async Task<int> ManyAsync(TestHost host, int times)
    {
        const int Connections = 10;
        return (await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => PlannedApi.ServedAsync(host, times / Connections)))).Sum();
    }

    private static async Task AssertThrottledAsync(HttpResponseMessage response)
    {
        await Refusal.AssertAsync(response, HttpStatusCode.TooManyRequests, "TooManyRequestsException", """{"message":"Too Many Requests"}""");
        AssertNoHints(response);
    }

    private static async Task AssertQuotaExceededAsync(HttpResponseMessage response)
    {
        await Refusal.AssertAsync(response, HttpStatusCode.TooManyRequests, "LimitExceededException", """{"message":"Limit Exceeded"}""");
        AssertNoHints(response);
    }

    private static void AssertNoHints(HttpResponseMessage response)
    {
        foreach (var name in new[] { "Retry-After", "RateLimit", "RateLimit-Policy" })
        {
            Assert.False(response.Headers.Contains(name));
        }
    }
}
