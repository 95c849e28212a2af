using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.FunctionalTests.Telemetry;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Caching;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary>What the cache does beyond that of Amazon API Gateway, where it is asked to.</summary>
public sealed class PolicyTests
{
    [Fact]
    public async Task SingleFlight_TenThousandRequests_ReachTheIntegrationOnce()
    {
        const int Requests = 10_000;
        var release = new TaskCompletionSource();
        var waiting = 0;
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("slow")),
            policy: static policy => policy.SingleFlight = true,
            gateway: gateway => gateway.AddHandler("slow", async http =>
            {
                Interlocked.Increment(ref waiting);
                await release.Task;
                await http.Response.WriteAsync("answer");
            }));
        using var meter = new MetricsTests.Measured(api.Host.Services, GatewayTelemetry.Name);

        var all = Enumerable.Range(0, 200).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < Requests / 200; i++)
            {
                Assert.Equal("answer", await api.GetAsync("/prod/x"));
            }
        })).ToList();
        await meter.UntilAsync(GatewayTelemetry.CacheMisses, 200);
        release.SetResult();
        await Task.WhenAll(all).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(1, waiting);
    }

    [Fact]
    public async Task SingleFlight_Off_EachMissAsks()
    {
        var release = new TaskCompletionSource();
        var both = new CountdownEvent(2);
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("slow")),
            gateway: gateway => gateway.AddHandler("slow", async http =>
            {
                if (both.Signal())
                {
                    release.SetResult();
                }

                await release.Task.InTime();
                await http.Response.WriteAsync("answer");
            }));

        await Task.WhenAll(api.GetAsync("/prod/x"), api.GetAsync("/prod/x"));

        Assert.True(both.IsSet);
    }

    [Fact]
    public async Task SingleFlight_AnswerThatIsNotKept_IsForTheOneThatAsked()
    {
        var calls = 0;
        var arrived = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")), CacheMode.Safe,
            policy: static policy => policy.SingleFlight = true,
            gateway: gateway => gateway.AddHandler("h", async http =>
            {
                var call = Interlocked.Increment(ref calls);
                arrived.Release();
                http.Response.Headers.SetCookie = $"a={call}";
                if (call == 1)
                {
                    // The others need not wait for the end of an answer that is not for them.
                    await http.Response.Body.FlushAsync();
                    await release.Task;
                }

                await http.Response.WriteAsync($"{call}");
            }));

        using var first = await api.Host.SendAsync(HttpMethod.Get, "/prod/x");
        await arrived.WaitAsync(Wait.Limit);
        var second = await api.GetAsync("/prod/x");
        release.SetResult();

        Assert.Equal("2", second);
        Assert.Equal("1", await first.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SingleFlight_ClientThatAskedLeaves_AnotherAsks()
    {
        var calls = 0;
        var arrived = new SemaphoreSlim(0);
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")),
            policy: static policy => policy.SingleFlight = true,
            gateway: gateway => gateway.AddHandler("h", async http =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    arrived.Release();
                    await Task.Delay(Timeout.Infinite, http.RequestAborted);
                }

                await http.Response.WriteAsync("answer");
            }));
        using var meter = new MetricsTests.Measured(api.Host.Services, GatewayTelemetry.Name);
        using var leaving = new CancellationTokenSource();
        var first = api.Host.Client.GetAsync(new Uri(api.Host.Client.BaseAddress!, "/prod/x"), leaving.Token);
        await arrived.WaitAsync(Wait.Limit);
        var second = api.GetAsync("/prod/x");
        await meter.UntilAsync(GatewayTelemetry.CacheMisses, 2);

        await leaving.CancelAsync();

        Assert.Equal("answer", await second.InTime());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task StaleWhileRevalidate_GivesTheOldAnswer_AndFetchesTheNewOneOnce()
    {
        await using var api = await CachedApi.StartAsync(policy: static policy => policy.StaleWhileRevalidateInSeconds = 60);
        await api.GetAsync("/prod/items/7");
        api.Time.Advance(TimeSpan.FromSeconds(300));

        var stale = await api.GetAsync("/prod/items/7");
        var next = await UntilAsync(api, "2");

        Assert.Equal(("1", "2", 2), (stale, next, api.Calls));
    }

    [Fact]
    public async Task StaleWhileRevalidate_AfterItsTime_Waits()
    {
        await using var api = await CachedApi.StartAsync(policy: static policy => policy.StaleWhileRevalidateInSeconds = 60);
        await api.GetAsync("/prod/items/7");
        api.Time.Advance(TimeSpan.FromSeconds(360));

        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StaleWhileRevalidate_FetchFails_KeepsTheOldAnswer(bool throws)
    {
        var isDown = false;
        await using var api = await CachedApi.StartAsync(
            policy: static policy => policy.StaleWhileRevalidateInSeconds = 60,
            answer: http =>
            {
                http.Response.StatusCode = isDown ? 500 : 200;
                return isDown && throws ? throw new InvalidOperationException() : Task.CompletedTask;
            });
        await api.GetAsync("/prod/items/7");
        api.Time.Advance(TimeSpan.FromSeconds(300));
        isDown = true;

        var first = await api.GetAsync("/prod/items/7");
        await api.Host.Logs.NextAsync("CacheRefreshFailed");
        var second = await api.GetAsync("/prod/items/7");

        Assert.Equal(("1", "1"), (first, second));
    }

    [Theory]
    [InlineData("status")]
    [InlineData("throw")]
    [InlineData("down")]
    public async Task StaleIfError_GivesTheOldAnswerInsteadOfTheError(string failure)
    {
        var isDown = false;
        await using var backend = await TestBackend.StartAsync(async http =>
        {
            if (isDown)
            {
                http.Response.StatusCode = 503;
            }

            await http.Response.WriteAsync("backend");
        });
        await using var api = await CachedApi.StartAsync(
            rest => rest
                .Map("GET /status", method => method.HttpProxy(backend.Url))
                .Map("GET /down", method => method.HttpProxy(backend.Url))
                .Map("GET /throw", static method => method.InProcess("h")),
            policy: static policy => policy.StaleIfErrorInSeconds = 60,
            gateway: gateway => gateway.AddHandler("h", http => isDown ? throw new InvalidOperationException() : http.Response.WriteAsync("backend")));
        Assert.Equal("backend", await api.GetAsync($"/prod/{failure}"));
        isDown = true;
        if (failure == "down")
        {
            await backend.DisposeAsync();
        }

        api.Time.Advance(TimeSpan.FromSeconds(300));
        using var stale = await api.SendAsync($"/prod/{failure}");
        api.Time.Advance(TimeSpan.FromSeconds(60));
        using var error = await api.SendAsync($"/prod/{failure}");

        Assert.Equal((200, "backend"), ((int)stale.StatusCode, await stale.Content.ReadAsStringAsync()));
        Assert.False(stale.Headers.Contains("x-amzn-ErrorType"));
        Assert.True((int)error.StatusCode >= 500);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task StaleIfError_NoError_GivesTheNewAnswerAsAWhole(int length)
    {
        var calls = 0;
        await using var backend = await TestBackend.StartAsync(async http =>
        {
            http.Response.Headers["X-Call"] = $"{++calls}";
            await http.Response.Body.WriteAsync(new byte[calls == 1 ? 1 : length]);
        });
        await using var api = await CachedApi.StartAsync(
            rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)), policy: static policy => policy.StaleIfErrorInSeconds = 60);
        await api.GetAsync("/prod/x");
        api.Time.Advance(TimeSpan.FromSeconds(300));

        using var response = await api.SendAsync("/prod/x");

        Assert.Equal((length, "2"), ((await response.Content.ReadAsByteArrayAsync()).Length, Assert.Single(response.Headers.GetValues("X-Call"))));
    }

    [Fact]
    public async Task ConditionalRequests_TagOfTheCache_304()
    {
        await using var api = await CachedApi.StartAsync(
            policy: static policy => policy.ConditionalRequests = true,
            answer: static http =>
            {
                http.Response.Headers["X-From"] = "backend";
                http.Response.Headers.CacheControl = "max-age=60";
                return Task.CompletedTask;
            });
        await api.GetAsync("/prod/items/7");
        using var hit = await api.SendAsync("/prod/items/7");
        var tag = hit.Headers.GetValues("ETag").Single();

        using var same = await api.SendAsync("/prod/items/7", ("If-None-Match", $"\"other, one\", {tag}"));
        using var strong = await api.SendAsync("/prod/items/7", ("If-None-Match", tag[2..]));
        using var any = await api.SendAsync("/prod/items/7", ("If-None-Match", "*"));
        using var other = await api.SendAsync("/prod/items/7", ("If-None-Match", "\"x\""));

        Assert.Matches("^W/\"[0-9a-f]{32}\"$", tag);
        Assert.Equal([304, 304, 304, 200], [(int)same.StatusCode, (int)strong.StatusCode, (int)any.StatusCode, (int)other.StatusCode]);
        Assert.Equal(("", tag, "backend"), (await same.Content.ReadAsStringAsync(), same.Headers.GetValues("ETag").Single(), same.Headers.GetValues("X-From").Single()));
        Assert.Null(same.Content.Headers.ContentType);
        Assert.Equal(1, api.Calls);
    }

    [Fact]
    public async Task ConditionalRequests_MethodThatChangesThings_IsNotAnsweredWith304()
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("POST /x", static method => method.InProcess("backend")).Cache("prod", method: "/x/POST"),
            policy: static policy => policy.ConditionalRequests = true);

        for (var i = 0; i < 2; i++)
        {
            using var response = await api.Host.SendAsync(HttpMethod.Post, "/prod/x", ("If-None-Match", "*"));
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task StaleIfError_AnswerThatBreaksOffLate_IsBrokenOff()
    {
        var calls = 0;
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")),
            policy: static policy => policy.StaleIfErrorInSeconds = 60,
            gateway: gateway => gateway.AddHandler("h", async http =>
            {
                if (++calls == 1)
                {
                    await http.Response.WriteAsync("old");
                    return;
                }

                await http.Response.Body.WriteAsync(new byte[2_000_000]);
                throw new InvalidOperationException();
            }));
        await api.GetAsync("/prod/x");
        api.Time.Advance(TimeSpan.FromSeconds(300));

        await Assert.ThrowsAnyAsync<Exception>(() => api.GetAsync("/prod/x"));
    }

    [Fact]
    public async Task ConditionalRequests_TagOfTheBackend_IsKept_AndItIsAskedForTheWhole()
    {
        var seen = "";
        await using var api = await CachedApi.StartAsync(policy: static policy => policy.ConditionalRequests = true, answer: http =>
        {
            seen = http.Request.Headers.IfNoneMatch.ToString();
            http.Response.Headers.ETag = "\"v1\"";
            return Task.CompletedTask;
        });

        using var first = await api.SendAsync("/prod/items/7", ("If-None-Match", "\"v1\""));
        using var second = await api.SendAsync("/prod/items/7", ("If-None-Match", "\"v1\""));

        Assert.Equal((200, 304, ""), ((int)first.StatusCode, (int)second.StatusCode, seen));
    }

    [Theory]
    [InlineData("max-age=10", null, null, 10)]
    [InlineData("max-age=10, s-maxage=20", null, null, 20)]
    [InlineData("public", null, null, 300)]
    [InlineData("max-age=99999", null, null, 3600)]
    [InlineData(null, "Thu, 01 Jan 2026 00:00:30 GMT", null, 30)]
    [InlineData("max-age=10", "Thu, 01 Jan 2026 00:00:30 GMT", null, 10)]
    [InlineData("max-age=10", null, "4", 6)]
    [InlineData(null, "0", null, 0)]
    [InlineData("max-age=0", null, null, 0)]
    [InlineData("no-store", null, null, 0)]
    [InlineData("private, max-age=60", null, null, 0)]
    [InlineData("no-cache", null, null, 0)]
    public async Task HonorCacheControl_BackendSaysHowLong(string? control, string? expires, string? age, int seconds)
    {
        await using var api = await CachedApi.StartAsync(policy: static policy => policy.HonorCacheControl = true, answer: http =>
        {
            http.Response.Headers.CacheControl = control;
            http.Response.Headers.Expires = expires;
            http.Response.Headers.Age = age;
            return Task.CompletedTask;
        });
        await api.GetAsync("/prod/items/7");
        if (seconds > 0)
        {
            api.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            using var hit = await api.SendAsync("/prod/items/7");
            Assert.Equal("1", await hit.Content.ReadAsStringAsync());
            Assert.Equal($"{seconds - 1 + int.Parse(age ?? "0", System.Globalization.CultureInfo.InvariantCulture)}", hit.Headers.GetValues("Age").Single());
            api.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Fact]
    public async Task HonorCacheControl_Off_TheSettingCountsAlone()
    {
        await using var api = await CachedApi.StartAsync(answer: static http =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        await api.GetAsync("/prod/items/7");

        using var hit = await api.SendAsync("/prod/items/7");

        Assert.Equal("1", await hit.Content.ReadAsStringAsync());
        Assert.False(hit.Headers.Contains("Age"));
    }

    [Fact]
    public async Task HonorCacheControl_MustRevalidate_IsNeverStale()
    {
        await using var api = await CachedApi.StartAsync(
            policy: static policy => (policy.HonorCacheControl, policy.StaleWhileRevalidateInSeconds) = (true, 60),
            answer: static http =>
            {
                http.Response.Headers.CacheControl = "max-age=10, must-revalidate";
                return Task.CompletedTask;
            });
        await api.GetAsync("/prod/items/7");
        api.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Fact]
    public async Task VaryByHeaders_AreInTheKey()
    {
        await using var api = await CachedApi.StartAsync(mode: CacheMode.Safe, policy: static policy => policy.VaryByHeaders.Add("Accept-Language"), answer: static http =>
        {
            http.Response.Headers.Vary = "Accept-Language";
            return http.Response.WriteAsync($"{http.Request.Headers.AcceptLanguage} ");
        });

        Assert.Equal("de 1", await api.GetAsync("/prod/items/7", ("Accept-Language", "de")));
        Assert.Equal("en 2", await api.GetAsync("/prod/items/7", ("Accept-Language", "en")));
        Assert.Equal("de 1", await api.GetAsync("/prod/items/7", ("Accept-Language", "de")));
    }

    [Fact]
    public async Task VaryByQuery_IsInTheKey()
    {
        await using var api = await CachedApi.StartAsync(policy: static policy => policy.VaryByQuery = true);

        Assert.Equal("1", await api.GetAsync("/prod/items/7?a=1"));
        Assert.Equal("2", await api.GetAsync("/prod/items/7?a=2"));
        Assert.Equal("1", await api.GetAsync("/prod/items/8?a=1"));
    }

    [Theory]
    [InlineData("404", 10, 404)]
    [InlineData("4XX", 10, 403)]
    [InlineData("5XX", 0, 500)]
    public async Task TtlByStatus_Counts(string key, int seconds, int status)
    {
        await using var api = await CachedApi.StartAsync(
            mode: seconds > 0 ? CacheMode.Safe : CacheMode.Exact,
            policy: policy => policy.TtlByStatus[key] = seconds,
            answer: http =>
            {
                http.Response.StatusCode = status;
                return Task.CompletedTask;
            });
        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
        if (seconds > 0)
        {
            api.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal("1", await api.GetAsync("/prod/items/7"));
            api.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Fact]
    public async Task DiagnosticHeader_TellsWhatTheCacheDid()
    {
        await using var api = await CachedApi.StartAsync(
            mode: CacheMode.Safe,
            policy: static policy => (policy.DiagnosticHeader, policy.StaleWhileRevalidateInSeconds) = ("X-Gateway-Cache", 60),
            setting: static setting => setting.RequireAuthorizationForCacheControl = false);

        Assert.Equal("miss", await TellAsync());
        Assert.Equal("hit", await TellAsync());
        Assert.Equal("refresh", await TellAsync(("Cache-Control", "max-age=0")));
        Assert.Equal("bypass", await TellAsync(("Cookie", "a=b")));
        api.Time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("stale", await TellAsync());

        async Task<string> TellAsync(params (string, string)[] headers)
        {
            using var response = await api.SendAsync("/prod/items/7", headers);
            await response.Content.ReadAsStringAsync();
            return response.Headers.GetValues("X-Gateway-Cache").Single();
        }
    }

    [Fact]
    public async Task Metrics_CountHitsAndMisses()
    {
        await using var api = await CachedApi.StartAsync();
        using var meter = new MetricsTests.Measured(api.Host.Services, GatewayTelemetry.Name);

        await api.GetAsync("/prod/items/7");
        await api.GetAsync("/prod/items/7");
        await api.GetAsync("/prod/items/7");

        Assert.Equal(2, meter.Of(GatewayTelemetry.CacheHits).Length);
        Assert.Equal(["1 api=api route=GET /items/{id} stage=prod"], meter.Of(GatewayTelemetry.CacheMisses));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("fails")]
    [InlineData("hangs")]
    public async Task Store_OutOfOrder_IsAMissAndAMetric(string kind)
    {
        var store = new BrokenStore(kind);
        await using var api = await CachedApi.StartAsync(gateway: gateway => gateway.Services.AddSingleton<IResponseCacheStore>(store));
        using var meter = new MetricsTests.Measured(api.Host.Services, GatewayTelemetry.Name);

        for (var i = 1; i <= 2; i++)
        {
            var pending = api.GetAsync("/prod/items/7");
            while (kind == "hangs" && !pending.IsCompleted)
            {
                await Task.WhenAny(pending, api.Time.UntilArmedAsync(TimeSpan.FromSeconds(1)));
                api.Time.Advance(TimeSpan.FromMilliseconds(250));
            }

            Assert.Equal($"{i}", await pending);
        }

        Assert.Equal(4, meter.Of(GatewayTelemetry.CacheFailures).Length);
        await Assert.ThrowsAnyAsync<Exception>(() => api.Host.Services.GetRequiredService<IGatewayCache>().FlushAsync("api", "prod").AsTask().WaitAsync(TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Flush_WhileAnAnswerIsMade_IsNotUndoneByIt()
    {
        var arrived = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        var calls = 0;
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")),
            gateway: gateway => gateway.AddHandler("h", async http =>
            {
                var call = Interlocked.Increment(ref calls);
                if (call == 1)
                {
                    arrived.Release();
                    await release.Task;
                }

                await http.Response.WriteAsync($"{call}");
            }));
        var first = api.GetAsync("/prod/x");
        await arrived.WaitAsync(Wait.Limit);

        await api.Host.Services.GetRequiredService<IGatewayCache>().FlushAsync("api", "prod");
        release.SetResult();

        Assert.Equal("1", await first);
        Assert.Equal("2", await api.GetAsync("/prod/x"));
    }

    // The new answer is there soon after the old one was given.
    private static async Task<string> UntilAsync(CachedApi api, string answer)
    {
        var text = await api.GetAsync("/prod/items/7");
        for (var i = 0; i < 1_000 && text != answer; i++)
        {
            text = await api.GetAsync("/prod/items/7");
        }

        return text;
    }

    private sealed class BrokenStore(string kind) : IResponseCacheStore
    {
        public ValueTask<CachedResponse?> GetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
            new(Broken<CachedResponse?>());

        public ValueTask<bool> SetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CachedResponse response, CancellationToken cancellationToken) =>
            new(Broken<bool>());

        public ValueTask RemoveAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken) => new(Broken<bool>());

        public ValueTask FlushAsync(ResponseCachePartition partition, CancellationToken cancellationToken) => new(Broken<bool>());

        private Task<T> Broken<T>() => kind switch
        {
            "throws" => throw new InvalidOperationException(),
            "fails" => Task.FromException<T>(new TimeoutException()),
            _ => new TaskCompletionSource<T>().Task,
        };
    }
}
