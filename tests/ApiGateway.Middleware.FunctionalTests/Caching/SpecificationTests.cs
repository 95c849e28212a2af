using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.Caching;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary>The cache as Amazon API Gateway has it: what is on, keys, what is kept, for how long.</summary>
public sealed class SpecificationTests
{
    [Fact]
    public async Task Second_WithinTheTime_DoesNotReachTheIntegration()
    {
        await using var api = await CachedApi.StartAsync();

        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
        api.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
        api.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", await api.GetAsync("/prod/items/7"));

        Assert.Equal(2, api.Calls);
    }

    [Theory]
    [InlineData("""{ }""", """{ "CachingEnabled": true }""", false)]
    [InlineData("""{ "CacheClusterEnabled": false }""", """{ "CachingEnabled": true }""", false)]
    [InlineData("""{ "CacheClusterEnabled": true }""", """{ }""", false)]
    [InlineData("""{ "CacheClusterEnabled": true }""", """{ "CachingEnabled": false }""", false)]
    [InlineData("""{ "CacheClusterEnabled": true }""", """{ "CachingEnabled": true, "CacheTtlInSeconds": 0 }""", false)]
    [InlineData("""{ "CacheClusterEnabled": true }""", """{ "CachingEnabled": true }""", true)]
    [InlineData("""{ "CacheClusterEnabled": true, "CacheClusterSize": "1.6" }""", """{ "CachingEnabled": true, "CacheTtlInSeconds": 3600, "CacheDataEncrypted": true }""", true)]
    public async Task Enabled_OnlyWhereStageAndMethodSaySo(string stage, string setting, bool isCached)
    {
        var calls = 0;
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = $$"""
                { "Apis": { "api": {
                    "Routes": { "GET /x": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } },
                    "Stages": { "prod": {{stage.Replace("}", stage.Contains(':') ? $$""", "MethodSettings": { "*/*": {{setting}} } }""" : $$""" "MethodSettings": { "*/*": {{setting}} } }""")}} }
                } } }
                """,
            Gateway = gateway => gateway.AddHandler("h", http => http.Response.WriteAsync($"{++calls}")),
        });

        await host.GetTextAsync("/prod/x");
        await host.GetTextAsync("/prod/x");

        Assert.Equal(isCached ? 1 : 2, calls);
    }

    [Theory]
    [InlineData("GET", "/items/7", 1)]
    [InlineData("HEAD", "/items/7", 2)]
    [InlineData("POST", "/items/7", 2)]
    [InlineData("GET", "/any", 1)]
    [InlineData("PUT", "/any", 2)]
    [InlineData("POST", "/own", 1)]
    [InlineData("DELETE", "/own-any", 1)]
    public async Task Methods_UnderTheWildcardAreGetAlone_OthersNeedAnEntry(string method, string path, int calls)
    {
        await using var api = await CachedApi.StartAsync(static rest =>
        {
            foreach (var route in (string[])["GET /items/{id}", "HEAD /items/{id}", "POST /items/{id}", "ANY /any", "POST /own", "ANY /own-any"])
            {
                rest.Map(route, static method => method.InProcess("backend"));
            }

            rest.Cache("prod", method: "/own/POST").Cache("prod", method: "/own-any/ANY");
        });

        (await api.Host.SendAsync(new HttpMethod(method), "/prod" + path)).Dispose();
        (await api.Host.SendAsync(new HttpMethod(method), "/prod" + path)).Dispose();

        Assert.Equal(calls, api.Calls);
    }

    [Fact]
    public async Task MethodSetting_TakesThePlaceOfTheWildcardAsAWhole()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest
            .Map("GET /a", static method => method.InProcess("backend"))
            .Map("GET /b", static method => method.InProcess("backend"))
            .Throttle("prod", 1_000_000, 1_000_000, "/b/GET"));

        await api.GetAsync("/prod/a");
        await api.GetAsync("/prod/a");
        await api.GetAsync("/prod/b");
        await api.GetAsync("/prod/b");

        Assert.Equal(3, api.Calls);
    }

    [Fact]
    public async Task Key_ParametersNotListed_ShareAnEntry()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest.Map(
            "GET /users", static method => method.InProcess("backend", CachedApi.Keys("method.request.querystring.type"))));

        Assert.Equal("1", await api.GetAsync("/prod/users?type=admin&department=A"));
        Assert.Equal("1", await api.GetAsync("/prod/users?type=admin&department=B"));
        Assert.Equal("1", await api.GetAsync("/prod/users?type=%61dmin"));
        Assert.Equal("2", await api.GetAsync("/prod/users?type=user&department=A"));
    }

    [Fact]
    public async Task Key_Absent_DiffersFromEmpty()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest.Map(
            "GET /users", static method => method.InProcess("backend", CachedApi.Keys("method.request.querystring.type", "method.request.header.X-A"))));

        Assert.Equal("1", await api.GetAsync("/prod/users"));
        Assert.Equal("2", await api.GetAsync("/prod/users?type="));
        Assert.Equal("3", await api.GetAsync("/prod/users", ("X-A", "")));
        Assert.Equal("1", await api.GetAsync("/prod/users?other=1"));
        Assert.Equal("2", await api.GetAsync("/prod/users?type"));
    }

    [Fact]
    public async Task Key_NoParameters_OneEntryForAllPathsOfTheMethod()
    {
        await using var api = await CachedApi.StartAsync();

        Assert.Equal("1", await api.GetAsync("/prod/items/7", ("Accept", "a/b"), ("Authorization", "x")));
        Assert.Equal("1", await api.GetAsync("/prod/items/8", ("Accept", "c/d"), ("Authorization", "y")));
    }

    [Fact]
    public async Task Key_Path_KeepsValuesApart()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest.Map(
            "GET /files/{proxy+}", static method => method.InProcess("backend", CachedApi.Keys("method.request.path.proxy"))));

        Assert.Equal("1", await api.GetAsync("/prod/files/a/b"));
        Assert.Equal("2", await api.GetAsync("/prod/files/a"));
        Assert.Equal("3", await api.GetAsync("/prod/files/a%2Fb"));
        Assert.Equal("3", await api.GetAsync("/prod/files/a%2fb"));
        Assert.Equal("1", await api.GetAsync("/prod/files/a/b"));
    }

    [Fact]
    public async Task Key_IntegrationParameter_IsTheValueThatIsMappedToIt()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest.Map("GET /users", static method => method.InProcess("backend", static integration =>
        {
            integration.RequestParameters["integration.request.querystring.t"] = "method.request.querystring.type";
            integration.CacheKeyParameters.Add("integration.request.querystring.t");
        })));

        Assert.Equal("1", await api.GetAsync("/prod/users?type=a&t=1"));
        Assert.Equal("1", await api.GetAsync("/prod/users?type=a&t=2"));
        Assert.Equal("2", await api.GetAsync("/prod/users?type=b&t=1"));
    }

    [Fact]
    public async Task Namespace_Shared_SharesEntriesOfTheSameMethodAndParameters()
    {
        await using var api = await CachedApi.StartAsync(static rest =>
        {
            rest.Map("GET /a", static method => method.InProcess("backend", static integration => integration.CacheNamespace = "n"))
                .Map("GET /b", static method => method.InProcess("backend", static integration => integration.CacheNamespace = "n"))
                .Map("GET /c", static method => method.InProcess("backend"))
                .Map("HEAD /a", static method => method.InProcess("backend", static integration => integration.CacheNamespace = "n"));
            rest.Cache("prod", method: "/a/HEAD");
        });

        Assert.Equal("1", await api.GetAsync("/prod/a"));
        Assert.Equal("1", await api.GetAsync("/prod/b"));
        Assert.Equal("2", await api.GetAsync("/prod/c"));
        (await api.Host.SendAsync(HttpMethod.Head, "/prod/a")).Dispose();
        Assert.Equal(3, api.Calls);
    }

    [Fact]
    public async Task Stages_HaveCachesOfTheirOwn()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest
            .Map("GET /a", static method => method.InProcess("backend")).Stage("test").Cache("test"));

        Assert.Equal("1", await api.GetAsync("/prod/a"));
        Assert.Equal("2", await api.GetAsync("/test/a"));
        Assert.Equal("1", await api.GetAsync("/prod/a"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(302)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Stored_EveryStatusOfTheIntegration(int status)
    {
        await using var api = await CachedApi.StartAsync(answer: http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers["X-From"] = "backend";
            http.Response.Headers.SetCookie = "a=b";
            return Task.CompletedTask;
        });

        using var first = await api.SendAsync("/prod/items/7");
        using var second = await api.SendAsync("/prod/items/7");

        Assert.Equal(1, api.Calls);
        Assert.Equal((HttpStatusCode)status, second.StatusCode);
        Assert.Equal("backend", Assert.Single(second.Headers.GetValues("X-From")));
        Assert.Equal("a=b", Assert.Single(second.Headers.GetValues("Set-Cookie")));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Stored_NoErrorOfTheGateway()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest
            .Map("GET /down", static method => method.HttpProxy("http://127.0.0.1:1/"))
            .Map("GET /broken", static method => method.Mock(200, static integration => integration.RequestTemplates.Clear())));

        using var down = await api.SendAsync("/prod/down");
        using var again = await api.SendAsync("/prod/down");
        using var broken = await api.SendAsync("/prod/broken");
        using var brokenAgain = await api.SendAsync("/prod/broken");

        Assert.Equal(2, api.Host.Logs.Count("BackendUnreachable"));
        await Refusal.AssertServerErrorAsync(again, "Network error communicating with endpoint");
        await Refusal.AssertServerErrorAsync(brokenAgain);
    }

    [Theory]
    [InlineData(CachedResponse.MaxBodyBytes, 1)]
    [InlineData(CachedResponse.MaxBodyBytes + 1, 2)]
    public async Task Stored_UpToTheLongestEntry_LongerOnesPass(int length, int calls)
    {
        var calledFor = 0;
        await using var backend = await TestBackend.StartAsync(async http =>
        {
            calledFor++;
            await http.Response.Body.WriteAsync(new byte[length]);
        });
        await using var api = await CachedApi.StartAsync(rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)));

        using var first = await api.SendAsync("/prod/x");
        Assert.Equal(length, (await first.Content.ReadAsByteArrayAsync()).Length);
        using var second = await api.SendAsync("/prod/x");
        Assert.Equal(length, (await second.Content.ReadAsByteArrayAsync()).Length);

        Assert.Equal(calls, calledFor);
    }

    [Fact]
    public async Task Encrypted_AnswersAreTheSame()
    {
        await using var api = await CachedApi.StartAsync(
            setting: static setting => setting.CacheDataEncrypted = true,
            answer: static http =>
            {
                http.Response.Headers["X-From"] = "backend";
                return Task.CompletedTask;
            });

        await api.GetAsync("/prod/items/7");
        using var second = await api.SendAsync("/prod/items/7");

        Assert.Equal(("1", "backend"), (await second.Content.ReadAsStringAsync(), Assert.Single(second.Headers.GetValues("X-From"))));
        Assert.Equal(1, api.Calls);
    }

    [Fact]
    public async Task Hit_SaysNothingOfTheCache()
    {
        await using var api = await CachedApi.StartAsync();

        using var first = await api.SendAsync("/prod/items/7");
        using var second = await api.SendAsync("/prod/items/7");

        Assert.Equal(HeadersOf(first).Where(static name => name != "Transfer-Encoding"), HeadersOf(second).Where(static name => name != "Content-Length"));

        static IEnumerable<string> HeadersOf(HttpResponseMessage response) =>
            response.Headers.Concat(response.Content.Headers).Select(static header => header.Key).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Flush_EmptiesTheStage_AndNoOther()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest
            .Map("GET /items/{id}", static method => method.InProcess("backend", CachedApi.Keys("method.request.path.id"))).Stage("test").Cache("test"));
        var cache = api.Host.Services.GetRequiredService<IGatewayCache>();
        await api.GetAsync("/prod/items/1");
        await api.GetAsync("/prod/items/2");
        await api.GetAsync("/test/items/1");

        await cache.FlushAsync("api", "prod", TestContext.Current.CancellationToken);

        Assert.Equal("4", await api.GetAsync("/prod/items/1"));
        Assert.Equal("5", await api.GetAsync("/prod/items/2"));
        Assert.Equal("3", await api.GetAsync("/test/items/1"));
    }

    [Theory]
    [InlineData(CacheMode.Exact)]
    [InlineData(CacheMode.Safe)]
    public async Task Remove_OneEntry_LeavesTheOthers(CacheMode mode)
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /items/{id}", static method => method.InProcess(
                "backend", CachedApi.Keys("method.request.path.id", "method.request.querystring.q", "method.request.header.X-A"))),
            mode);
        var cache = api.Host.Services.GetRequiredService<IGatewayCache>();
        await api.GetAsync("/prod/items/1?q=a%20b", ("X-A", "v"));
        await api.GetAsync("/prod/items/2?q=a%20b", ("X-A", "v"));

        await cache.RemoveAsync(
            "api", "prod", new CachedRequest("GET", "/prod/items/1?q=a%20b") { Origin = $"http://127.0.0.1:{api.Host.Port}", Headers = { ["x-a"] = "v" } },
            TestContext.Current.CancellationToken);

        Assert.Equal("3", await api.GetAsync("/prod/items/1?q=a%20b", ("X-A", "v")));
        Assert.Equal("2", await api.GetAsync("/prod/items/2?q=a%20b", ("X-A", "v")));
    }

    [Fact]
    public async Task FlushAndRemove_OfWhatIsNotCached_AreErrors()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest
            .Map("GET /items", static method => method.InProcess("backend")).Map("POST /items", static method => method.InProcess("backend")).Stage("test"));
        var cache = api.Host.Services.GetRequiredService<IGatewayCache>();

        await Assert.ThrowsAsync<KeyNotFoundException>(() => cache.FlushAsync("api", "none").AsTask());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cache.FlushAsync("api", "test").AsTask());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cache.RemoveAsync("api", "prod", new CachedRequest("POST", "/prod/items")).AsTask());
        await Assert.ThrowsAsync<KeyNotFoundException>(() => cache.RemoveAsync("api", "prod", new CachedRequest("GET", "/prod/none")).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => cache.RemoveAsync("api", "prod", new CachedRequest("GET", "prod/items")).AsTask());
    }

    [Fact]
    public async Task Deployment_New_DoesNotFlush()
    {
        using var directory = new SettingsDirectory();
        var calls = 0;
        directory.Write(Settings("one"));
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            ContentRoot = directory.Path,
            Gateway = gateway => gateway.AddHandler("h", http => http.Response.WriteAsync($"{++calls}")),
        });
        Assert.Equal("1", await host.GetTextAsync("/prod/x"));
        await host.Logs.NextAsync("DefinitionPublished");

        directory.Write(Settings("two"));
        await host.Logs.NextAsync("DefinitionPublished");

        Assert.Equal("1", await host.GetTextAsync("/prod/x"));
        Assert.Equal("2", await host.GetTextAsync("/prod/two"));

        static string Settings(string other) => $$"""
            { "ApiGateway": { "Apis": { "api": {
                "Routes": {
                  "GET /x": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } },
                  "GET /{{other}}": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } },
                "Stages": { "prod": { "CacheClusterEnabled": true, "MethodSettings": { "*/*": { "CachingEnabled": true } } } }
            } } } }
            """;
    }
}
