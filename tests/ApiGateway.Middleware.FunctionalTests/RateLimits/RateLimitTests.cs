using System.Diagnostics.Metrics;
using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.RateLimits;

/// <summary>Limits by caller, to the byte.</summary>
public sealed class RateLimitTests
{
    private const string Tenant = """ "tenant": { "Key": "header:X-Tenant", "RateLimit": 2, "BurstLimit": 3 } """;
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Header_EachValue_HasItsOwn_AndAnswersTellWhatIsLeft()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(Tenant));

        Assert.Equal("\"tenant\";r=2;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/prod/a", "one"));
        Assert.Equal("\"tenant\";r=1;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/prod/b", "one"));
        Assert.Equal("\"tenant\";r=0;t=2 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/test/b", "one"));
        Assert.Equal("\"tenant\";r=2;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/prod/a", "two"));
        using var refused = await host.SendAsync(HttpMethod.Get, "/prod/a", ("X-Tenant", "one"));
        await AssertRefusedAsync(refused, "tenant");
        Assert.Equal("\"tenant\";r=0;t=2 | \"tenant\";q=3;w=2 | 1", LimitedApi.HeadersOf(refused));

        _time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.Equal(0, await LimitedApi.ServedAsync(host, 1, "/prod/a", ("X-Tenant", "one")));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await LimitedApi.ServedAsync(host, 2, "/prod/a", ("X-Tenant", "one")));
    }

    [Fact]
    public async Task Header_Missing_CallersShareOne()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(Tenant));

        Assert.Equal(3, await LimitedApi.ServedAsync(host, 9, "/prod/a"));
        Assert.Equal(0, await LimitedApi.ServedAsync(host, 9, "/prod/a", ("X-Tenant", "")));
        Assert.Equal(3, await LimitedApi.ServedAsync(host, 9, "/prod/a", ("X-Tenant", "a")));
    }

    [Fact]
    public async Task Principal_AndClaims_AreOfTheAuthorizer()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "per-user": { "Key": "principal", "RateLimit": 1, "BurstLimit": 2 } """));

        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/me", ("Authorization", "bob")));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/me", ("Authorization", "eve")));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/a"));
    }

    [Fact]
    public async Task Address_IsTheOneBehindTrustedProxies()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "net": { "Key": "ip/24", "RateLimit": 1, "BurstLimit": 2 } """, more: """, "TrustedProxies": [ "127.0.0.1" ] """));

        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/a", ("X-Forwarded-For", "192.0.2.1")));
        Assert.Equal(0, await LimitedApi.ServedAsync(host, 4, "/prod/a", ("X-Forwarded-For", "192.0.2.200")));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/a", ("X-Forwarded-For", "192.0.3.1")));
    }

    [Fact]
    public async Task Context_AnyVariable_TellsCallersApart()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "agent": { "Key": [ "$context.identity.userAgent", "$context.stage" ], "RateLimit": 1, "BurstLimit": 2 } """));

        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/a", ("User-Agent", "x")));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/test/a", ("User-Agent", "x")));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 4, "/prod/a", ("User-Agent", "y")));
    }

    [Fact]
    public async Task Stacked_FirstThatIsEmptyRefuses_AndNoneOfThemTakes()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "all": { "RateLimit": 0.001, "BurstLimit": 10 } """, Tenant.Replace("\"RateLimit\": 2", "\"RateLimit\": 0.002", StringComparison.Ordinal),
            """ "own": { "Key": "header:X-User", "RateLimit": 0.01, "BurstLimit": 1 } """));

        using var first = await host.SendAsync(HttpMethod.Get, "/prod/a", ("X-Tenant", "t"), ("X-User", "u"));
        Assert.Equal(
            "\"all\";r=9;t=1000, \"tenant\";r=2;t=500, \"own\";r=0;t=100 | \"all\";q=10;w=10000, \"tenant\";q=3;w=1500, \"own\";q=1;w=100 | -",
            LimitedApi.HeadersOf(first));
        for (var i = 0; i < 20; i++)
        {
            using var refused = await host.SendAsync(HttpMethod.Get, "/prod/a", ("X-Tenant", "t"), ("X-User", "u"));
            await AssertRefusedAsync(refused, "own");
            Assert.Equal(
                "\"all\";r=9;t=1000, \"tenant\";r=2;t=500, \"own\";r=0;t=100 | \"all\";q=10;w=10000, \"tenant\";q=3;w=1500, \"own\";q=1;w=100 | 100",
                LimitedApi.HeadersOf(refused));
        }

        Assert.Equal(2, await LimitedApi.ServedAsync(host, 9, "/prod/b", ("X-Tenant", "t")));
        using var byTenant = await host.SendAsync(HttpMethod.Get, "/prod/a", ("X-Tenant", "t"), ("X-User", "v"));
        await AssertRefusedAsync(byTenant, "tenant");
        Assert.Equal(7, await LimitedApi.ServedAsync(host, 20, "/test/b"));
        using var byAll = await host.GetAsync("/test/b");
        await AssertRefusedAsync(byAll, "all");
    }

    [Fact]
    public async Task LimitsOfTheService_KeepTheirBytes_AndComeFirst()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(Tenant).Replace(
            "\"prod\": {", """ "prod": { "MethodSettings": { "/a/GET": { "ThrottlingRateLimit": 0, "ThrottlingBurstLimit": 1 } }, """, StringComparison.Ordinal));

        Assert.Equal("\"tenant\";r=2;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/prod/a", "one"));
        using var refused = await host.SendAsync(HttpMethod.Get, "/prod/a", ("X-Tenant", "one"));

        await Refusal.AssertAsync(refused, HttpStatusCode.TooManyRequests, "TooManyRequestsException", """{"message":"Too Many Requests"}""");
        Assert.Equal("- | - | -", LimitedApi.HeadersOf(refused));
        Assert.Equal("\"tenant\";r=1;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/prod/b", "one"));
    }

    [Fact]
    public async Task Cost_Fixed_IsTakenWhole()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "cost": { "RateLimit": 1, "BurstLimit": 10, "Cost": 4 } """));

        Assert.Equal(2, await LimitedApi.ServedAsync(host, 5, "/prod/a"));
        using var refused = await host.GetAsync("/prod/a");
        Assert.Equal("\"cost\";r=2;t=8 | \"cost\";q=10;w=10 | 2", LimitedApi.HeadersOf(refused));
    }

    [Theory]
    [InlineData("5", 2)]
    [InlineData("1", 10)]
    [InlineData(null, 10)]
    [InlineData("0", 10)]
    [InlineData("-3", 10)]
    [InlineData("five", 10)]
    [InlineData("11", 0)]
    [InlineData("99999999999999999999", 0)]
    public async Task Cost_OfTheRequestsHeader_IsAtLeastOne(string? cost, int served)
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "cost": { "RateLimit": 1, "BurstLimit": 10, "Cost": "header:X-Cost" } """));
        (string, string)[] headers = cost is null ? [] : [("X-Cost", cost)];

        Assert.Equal(served, await LimitedApi.ServedAsync(host, 12, "/prod/a", headers));

        using var refused = await host.SendAsync(HttpMethod.Get, "/prod/a", headers);
        Assert.Equal(served > 0, refused.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task Cost_OfTheAnswersHeader_IsTakenAfterwards_EvenIntoDebt()
    {
        await using var host = await LimitedApi.StartAsync(
            _time, LimitedApi.Settings(""" "tokens": { "Key": "header:X-Tenant", "RateLimit": 10, "BurstLimit": 100, "Cost": "response:header:X-Tokens-Used" } """),
            static http =>
            {
                http.Response.Headers["X-Tokens-Used"] = http.Request.Headers["X-Use"];
                return http.Response.WriteAsync("in");
            });

        Assert.Equal("99", await LeftAsync(host, "a", "30"));
        Assert.Equal("69", await LeftAsync(host, "a", "130"));
        using var refused = await host.SendAsync(HttpMethod.Get, "/prod/in", ("X-Tenant", "a"));
        await AssertRefusedAsync(refused, "tokens");
        Assert.Equal("\"tokens\";r=0;t=16 | \"tokens\";q=100;w=10 | 7", LimitedApi.HeadersOf(refused));
        Assert.Equal("99", await LeftAsync(host, "b", "0"));
        Assert.Equal("99", await LeftAsync(host, "b", "some"));
        Assert.Equal("98", await LeftAsync(host, "b", "1"));
        _time.Advance(TimeSpan.FromSeconds(6.1));
        Assert.Equal("0", await LeftAsync(host, "a", "1"));
    }

    [Fact]
    public async Task Cost_OfTheAnswersTrailer_IsTaken()
    {
        await using var host = await LimitedApi.StartAsync(
            _time, LimitedApi.Settings(""" "tokens": { "RateLimit": 10, "BurstLimit": 100, "Cost": "response:header:X-Tokens-Used" } """),
            static async http =>
            {
                http.Response.DeclareTrailer("X-Tokens-Used");
                await http.Response.WriteAsync("in");
                http.Response.AppendTrailer("X-Tokens-Used", "41");
            },
            HttpProtocols.Http2);
        async Task<string> GetAsync(string target)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Client.BaseAddress!, target))
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            using var response = await host.Client.SendAsync(request);
            return response.Headers.GetValues("RateLimit").Single();
        }

        await GetAsync("/prod/in");

        Assert.StartsWith("\"tokens\";r=58;", await GetAsync("/prod/a"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrency_CountsRequestsThatHaveNotEnded()
    {
        var (entered, go) = (new SemaphoreSlim(0), new SemaphoreSlim(0));
        await using var host = await LimitedApi.StartAsync(
            _time, LimitedApi.Settings(""" "at-once": { "Key": "header:X-Tenant", "ConcurrencyLimit": 2 } """),
            async http =>
            {
                entered.Release();
                await go.WaitAsync(http.RequestAborted);
                await http.Response.WriteAsync("in");
            });
        var running = Enumerable.Range(0, 2).Select(_ => host.SendAsync(HttpMethod.Get, "/prod/in", ("X-Tenant", "a"))).ToList();
        await entered.WaitAsync().InTime();
        await entered.WaitAsync().InTime();

        using var refused = await host.SendAsync(HttpMethod.Get, "/prod/a", ("X-Tenant", "a"));
        await AssertRefusedAsync(refused, "at-once");
        Assert.Equal("\"at-once\";r=0 | \"at-once\";q=2;qu=\"concurrent-requests\" | 1", LimitedApi.HeadersOf(refused));
        Assert.Equal("\"at-once\";r=1 | \"at-once\";q=2;qu=\"concurrent-requests\" | -", await HeadersAsync(host, "/prod/a", "b"));

        go.Release(2);
        foreach (var response in await Task.WhenAll(running).InTime())
        {
            using (response)
            {
                Assert.Equal("in", await response.Content.ReadAsStringAsync().InTime());
            }
        }

        Assert.Equal(3, await LimitedApi.ServedAsync(host, 3, "/prod/a", ("X-Tenant", "a")));
        Assert.Equal(20, await LimitedApi.ServedAsync(host, 20, "/prod/b", ("X-Tenant", "c")));
    }

    [Fact]
    public async Task Concurrency_RequestsThatFail_OrAreRefusedElsewhere_DoNotCountForLong()
    {
        await using var host = await LimitedApi.StartAsync(
            _time, LimitedApi.Settings(""" "at-once": { "ConcurrencyLimit": 1 } """, route: """ "own": { "RateLimit": 0.001, "BurstLimit": 1 } """),
            static _ => throw new InvalidOperationException("Meant to fail."));

        for (var i = 0; i < 5; i++)
        {
            using var failed = await host.GetAsync("/prod/in");
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        Assert.Equal(1, await LimitedApi.ServedAsync(host, 5, "/prod/a"));
        Assert.Equal(5, await LimitedApi.ServedAsync(host, 5, "/prod/b"));
    }

    [Fact]
    public async Task DryRun_RefusesNobody_TellsNobody_AndCounts()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "dry": { "RateLimit": 0.001, "BurstLimit": 2, "DryRun": true }, "dry-at-once": { "ConcurrencyLimit": 1, "DryRun": true } """, Tenant));
        var counted = new List<string>();
        using var listener = Listen(host, counted);

        Assert.Equal("\"tenant\";r=2;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/prod/a", "x"));
        Assert.Equal(7, await LimitedApi.ServedAsync(host, 7, "/test/a"));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 3, "/prod/a", ("X-Tenant", "x")));

        // The first two were within; of the three behind, one was refused by the other limit, which is asked later.
        Assert.Equal(Enumerable.Repeat("dry True", 8).Append("tenant False"), counted);
    }

    [Fact]
    public async Task Headers_SwitchedOff_ButTheRefusalSaysWhichAndHowLong()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "quiet": { "RateLimit": 0.25, "BurstLimit": 1, "Headers": false } """));

        Assert.Equal("- | - | -", await HeadersAsync(host, "/prod/a", "x"));
        using var refused = await host.GetAsync("/prod/a");
        await AssertRefusedAsync(refused, "quiet");
        Assert.Equal("- | - | 4", LimitedApi.HeadersOf(refused));
    }

    [Fact]
    public async Task ProblemDetails_NameTheLimit()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "one": { "RateLimit": 1, "BurstLimit": 1 } """, members: """, "ErrorFormat": "ProblemDetails" """));
        await HeadersAsync(host, "/prod/a", "x");

        using var refused = await host.GetAsync("/prod/a");

        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.ToString());
        Assert.Matches(
            """^\{"type":"https://iana.org/assignments/http-problem-types#quota-exceeded","title":"Request cannot be satisfied as assigned quota has been exceeded","status":429,"detail":"Too Many Requests","violated-policies":\["one"\],"errorType":"TooManyRequestsException","requestId":"[0-9a-f-]{36}"\}$""",
            await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task GatewayResponse_Throttled_KnowsTheLimit()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "one": { "RateLimit": 1, "BurstLimit": 1 } """,
            members: """, "GatewayResponses": { "THROTTLED": { "StatusCode": 420, "ResponseTemplates": { "text/plain": "too fast: $context.error.rateLimit" } } } """));
        await HeadersAsync(host, "/prod/a", "x");

        using var refused = await host.GetAsync("/prod/a");

        Assert.Equal(420, (int)refused.StatusCode);
        Assert.Equal("too fast: one", await refused.Content.ReadAsStringAsync());
        Assert.Equal("\"one\";r=0;t=1 | \"one\";q=1;w=1 | 1", LimitedApi.HeadersOf(refused));
    }

    [Fact]
    public async Task Refused_IsLoggedWithItsNumbers()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(Tenant));

        await LimitedApi.ServedAsync(host, 4, "/prod/a");

        Assert.StartsWith(
            "Rate limit 'tenant' exceeded for RestApi orders, Stage prod, Resource /a, HttpMethod GET. Limit: 2.00 Burst: 3 Request ",
            (await host.Logs.NextAsync("Throttled")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backend_WithLimitsOfItsOwn_DoesNotHideThoseOfTheGateway()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.Headers["RateLimit"] = "\"theirs\";r=1";
            return http.Response.WriteAsync("backend");
        });
        var settings = $$"""
            { "Apis": { "orders": { "Stages": { "prod": {}, "test": { "RateLimits": { {{Tenant}} } } },
              "Routes": { "GET /a": { "Integration": { "Type": "HTTP_PROXY", "Uri": "{{backend.Url}}/" } } } } } }
            """;
        await using var host = await LimitedApi.StartAsync(_time, settings);

        Assert.Equal("\"tenant\";r=2;t=1 | \"tenant\";q=3;w=2 | -", await HeadersAsync(host, "/test/a", "x"));
        Assert.Equal("\"theirs\";r=1 | - | -", await HeadersAsync(host, "/prod/a", "x"));
    }

    [Fact]
    public async Task Load_ManyConnections_AdmitsExactlyTheBurstOfEachCaller()
    {
        await using var host = await LimitedApi.StartAsync(_time, LimitedApi.Settings(
            """ "tenant": { "Key": "header:X-Tenant", "RateLimit": 1, "BurstLimit": 40 } """));

        var served = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => LimitedApi.ServedAsync(host, 60, "/prod/a", ("X-Tenant", $"{i % 4}")))).InTime();

        Assert.Equal(160, served.Sum());
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, string limit) => await Refusal.AssertAsync(
        response, HttpStatusCode.TooManyRequests, "TooManyRequestsException", $$"""{"message":"Too Many Requests","limit":"{{limit}}"}""");

    private static async Task<string> HeadersAsync(TestHost host, string target, string tenant)
    {
        using var response = await host.SendAsync(HttpMethod.Get, target, ("X-Tenant", tenant));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return LimitedApi.HeadersOf(response);
    }

    private static async Task<string> LeftAsync(TestHost host, string tenant, string use)
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/prod/in", ("X-Tenant", tenant), ("X-Use", use));
        await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        // What is charged after an answer counts before the next request of the connection.
        return response.Headers.GetValues("RateLimit").Single().Split(';')[1][2..];
    }

    private static MeterListener Listen(TestHost host, List<string> counted)
    {
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "api_gateway.rate_limit.exceeded" && instrument.Meter.Scope == factory)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => tag.Value);
            counted.Add($"{values["limit"]} {values["dry_run"]}");
        });
        listener.Start();
        return listener;
    }
}
