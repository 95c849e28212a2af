using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.UsagePlans;

/// <summary>The four levels and the quota, to the byte.</summary>
public sealed class ThrottlingTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Key_AboveThePlansLimit_IsThrottledUntilTokensAreBack()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Throttle": { "RateLimit": 10, "BurstLimit": 3 } """));

        Assert.Equal(3, await PlannedApi.ServedAsync(host, 3));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertThrottledAsync(refused);
        Assert.Equal(0, await PlannedApi.ServedAsync(host, 1, "/prod/items"));
        Assert.Equal(3, await PlannedApi.ServedAsync(host, 9, key: PlannedApi.OtherKey));

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, await PlannedApi.ServedAsync(host, 2));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 3));
    }

    [Fact]
    public async Task Key_LimitOfTheMethodInThePlan_TakesThePlaceOfThePlans()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Throttle": { "RateLimit": 0, "BurstLimit": 2 } """).Replace(
            "\"Stage\": \"prod\" }", "\"Stage\": \"prod\", \"Throttle\": { \"/orders/GET\": { \"RateLimit\": 0, \"BurstLimit\": 5 } } }", StringComparison.Ordinal));

        Assert.Equal(5, await PlannedApi.ServedAsync(host, 9));
        Assert.Equal(2, await PlannedApi.ServedAsync(host, 9, "/prod/items"));
    }

    [Fact]
    public async Task Stage_MethodSettings_LimitAllCallersTogether_EachMethodForItself()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(stage: """
            "MethodSettings": { "*/*": { "ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 4 }, "~1items/GET": { "ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 2 } }
            """));

        Assert.Equal(3, await PlannedApi.ServedAsync(host, 3));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 3, key: PlannedApi.OtherKey));
        Assert.Equal(2, await PlannedApi.ServedAsync(host, 9, "/prod/items"));
        Assert.Equal(4, await PlannedApi.ServedAsync(host, 9, "/prod/open", key: null));
        using var refused = await PlannedApi.GetAsync(host, "/prod/open", key: null);
        await AssertThrottledAsync(refused);
    }

    [Fact]
    public async Task Gateway_Throttle_LimitsEverything_AndNamesItself()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(more: """, "Throttle": { "RateLimit": 2, "BurstLimit": 3 } """));

        Assert.Equal(2, await PlannedApi.ServedAsync(host, 2));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 9, "/prod/open", key: null));
        using var refused = await PlannedApi.GetAsync(host);
        await AssertThrottledAsync(refused);
        Assert.StartsWith("Account throttle limit exceeded for RestApi orders, Stage prod, Resource /open", (await host.Logs.NextAsync("Throttled")).Message, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, await PlannedApi.ServedAsync(host, 9));
    }

    [Fact]
    public async Task Key_RefusedFirst_TakesNothingFromOthers()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(
            """ "Throttle": { "RateLimit": 0, "BurstLimit": 1 } """, more: """, "Throttle": { "RateLimit": 0, "BurstLimit": 2 } """));

        Assert.Equal(1, await PlannedApi.ServedAsync(host, 20));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 20, key: PlannedApi.OtherKey));
    }

    [Fact]
    public async Task WrongKey_IsNotThrottled_AndTakesNothing()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(more: """, "Throttle": { "RateLimit": 0, "BurstLimit": 1 } """));

        for (var i = 0; i < 5; i++)
        {
            using var response = await PlannedApi.GetAsync(host, key: "0123456789-unknown--");
            await Refusal.AssertForbiddenAsync(response);
        }

        Assert.Equal(1, await PlannedApi.ServedAsync(host, 5));
    }

    [Fact]
    public async Task Quota_UsedUp_IsRefusedUntilTheNextDay()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Quota": { "Limit": 5, "Period": "DAY", "Offset": 2 } """));

        Assert.Equal(2, await PlannedApi.ServedAsync(host, 2));
        Assert.Equal(1, await PlannedApi.ServedAsync(host, 2, "/prod/items"));
        using var refused = await PlannedApi.GetAsync(host);
        await Refusal.AssertAsync(refused, HttpStatusCode.TooManyRequests, "LimitExceededException", """{"message":"Limit Exceeded"}""");
        Assert.StartsWith(
            "API Key ****tner-a exceeded quota limit for API Stage orders/prod: Key quota exhausted for Usage Plan ID gold. Limit: 5 Period: DAY Request ",
            (await host.Logs.NextAsync("Throttled")).Message, StringComparison.Ordinal);

        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(5, await PlannedApi.ServedAsync(host, 9));
    }

    [Fact]
    public async Task Throttle_ComesBeforeQuota()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(
            """ "Throttle": { "RateLimit": 0, "BurstLimit": 1 }, "Quota": { "Limit": 1, "Period": "DAY" } """));

        Assert.Equal(1, await PlannedApi.ServedAsync(host, 1));
        using var refused = await PlannedApi.GetAsync(host);

        await AssertThrottledAsync(refused);
    }

    [Fact]
    public async Task Quota_CountsAnswersOfAnyStatus()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Quota": { "Limit": 2, "Period": "DAY" } """)
            .Replace("\\\"statusCode\\\": 200", "\\\"statusCode\\\": 503", StringComparison.Ordinal));

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await PlannedApi.GetAsync(host);
            statuses.Add((int)response.StatusCode);
        }

        // A mock without an integration response of this status fails; it was let in all the same.
        Assert.Equal([429, 429], statuses.Skip(2));
        Assert.DoesNotContain(429, statuses.Take(2));
    }

    [Fact]
    public async Task Load_ManyConnections_AdmitsExactlyTheBurst()
    {
        await using var host = await PlannedApi.StartAsync(_time, PlannedApi.Settings(""" "Throttle": { "RateLimit": 1, "BurstLimit": 500 }, "Quota": { "Limit": 5000, "Period": "MONTH" } """));

        var served = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => PlannedApi.ServedAsync(host, 100))).InTime();

        Assert.Equal(500, served.Sum());
    }

    private static async Task AssertThrottledAsync(HttpResponseMessage response)
    {
        await Refusal.AssertAsync(response, HttpStatusCode.TooManyRequests, "TooManyRequestsException", """{"message":"Too Many Requests"}""");
        Assert.False(response.Headers.Contains("Retry-After"));
    }
}
