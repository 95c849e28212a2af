using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary>Nobody gets an answer that was made for somebody else, unless the definition says so.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task Safe_TwoCallers_NeverShare()
    {
        await using var api = await StartAuthorizedAsync(CacheMode.Safe);

        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "alice a")));
        Assert.Equal("bob b 2", await api.GetAsync("/prod/me", ("Authorization", "bob b")));
        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "alice a")));
        Assert.Equal("bob b 2", await api.GetAsync("/prod/me", ("Authorization", "bob b")));
    }

    [Fact]
    public async Task Safe_OnePrincipalOfTwoTenants_DoesNotShare()
    {
        await using var api = await StartAuthorizedAsync(CacheMode.Safe);

        Assert.Equal("user a 1", await api.GetAsync("/prod/me", ("Authorization", "user a")));
        Assert.Equal("user b 2", await api.GetAsync("/prod/me", ("Authorization", "user b")));
    }

    [Fact]
    public async Task Safe_ManyCallersAtOnceInOneFlight_NeverShare()
    {
        await using var api = await StartAuthorizedAsync(CacheMode.Safe, static policy => policy.SingleFlight = true);

        await Parallel.ForAsync(0, 400, async (i, _) =>
        {
            var name = $"user{i % 20}";
            Assert.StartsWith($"{name} t ", await api.GetAsync("/prod/me", ("Authorization", $"{name} t")), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Exact_WithoutIdentityInTheKey_SharesAsDefined_AndWarns()
    {
        await using var api = await StartAuthorizedAsync(CacheMode.Exact);

        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "alice a")));
        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "bob b")));
        Assert.Contains(api.Host.Logs.Warnings, static entry => entry.Message.Contains("are cached for all callers together", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exact_WithTheHeaderInTheKey_DoesNotShare_NorWarn()
    {
        await using var api = await StartAuthorizedAsync(CacheMode.Exact, keys: "method.request.header.Authorization");

        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "alice a")));
        Assert.Equal("bob b 2", await api.GetAsync("/prod/me", ("Authorization", "bob b")));
        Assert.DoesNotContain(api.Host.Logs.Warnings, static entry => entry.Message.Contains("all callers together", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Exact_VaryByCaller_DoesNotShare()
    {
        await using var api = await StartAuthorizedAsync(CacheMode.Exact, static policy => policy.VaryByCaller = true);

        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "alice a")));
        Assert.Equal("bob b 2", await api.GetAsync("/prod/me", ("Authorization", "bob b")));
        Assert.Equal("alice a 1", await api.GetAsync("/prod/me", ("Authorization", "alice a")));
    }

    [Theory]
    [InlineData("Authorization", "Bearer x")]
    [InlineData("Cookie", "session=1")]
    public async Task Safe_CredentialsThatTheGatewayDoesNotKnow_PassTheCacheBy(string header, string value)
    {
        await using var api = await CachedApi.StartAsync(mode: CacheMode.Safe);

        Assert.Equal("1", await api.GetAsync("/prod/items/7", (header, value)));
        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
        Assert.Equal("3", await api.GetAsync("/prod/items/7", (header, value)));
        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Fact]
    public async Task Safe_CookieInTheKey_IsCachedByIt()
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /items/{id}", static method => method.InProcess("backend", CachedApi.Keys("method.request.header.Cookie"))), CacheMode.Safe);

        Assert.Equal("1", await api.GetAsync("/prod/items/7", ("Cookie", "a=1")));
        Assert.Equal("2", await api.GetAsync("/prod/items/7", ("Cookie", "a=2")));
        Assert.Equal("1", await api.GetAsync("/prod/items/7", ("Cookie", "a=1")));
    }

    [Fact]
    public async Task Safe_PathHostAndQuery_AreInTheKey()
    {
        await using var api = await CachedApi.StartAsync(mode: CacheMode.Safe);

        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
        Assert.Equal("2", await api.GetAsync("/prod/items/8"));
        Assert.Equal("3", await api.GetAsync("/prod/items/7?page=2"));
        Assert.Equal("4", await api.Host.GetTextAsync("/prod/items/7", "evil.example.com"));
        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
        Assert.Equal("1", await api.GetAsync("/prod/items/%37"));
    }

    [Fact]
    public async Task Safe_DeclaredQueryParameters_AreAllOfTheQueryThatCounts()
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /items/{id}", static method => method.InProcess("backend", CachedApi.Keys("method.request.querystring.page"))), CacheMode.Safe);

        Assert.Equal("1", await api.GetAsync("/prod/items/7?page=1&utm=x"));
        Assert.Equal("1", await api.GetAsync("/prod/items/7?page=1&utm=y"));
        Assert.Equal("2", await api.GetAsync("/prod/items/7?page=2"));
    }

    // What an attacker sends to have it in the answer that others get.
    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example.com")]
    [InlineData("X-Forwarded-Proto", "gopher")]
    [InlineData("X-Forwarded-Prefix", "/evil")]
    [InlineData("Forwarded", "host=evil.example.com")]
    [InlineData("X-Original-URL", "/admin")]
    [InlineData("X-Rewrite-URL", "/admin")]
    [InlineData("X-HTTP-Method-Override", "DELETE")]
    [InlineData("X-Anything", "evil")]
    [InlineData("Accept", "application/evil")]
    [InlineData("Accept-Language", "xx")]
    [InlineData("Accept-Encoding", "evil")]
    [InlineData("User-Agent", "evil")]
    [InlineData("Origin", "https://evil.example.com")]
    [InlineData("Range", "bytes=0-0")]
    [InlineData("If-None-Match", "*")]
    public async Task Safe_HeaderThatIsNotInTheKey_CannotPoison(string header, string value)
    {
        // A backend that puts all it gets into its answer.
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync(
            string.Join('\n', http.Request.Headers.Where(static header => header.Key is not ("Host" or "X-Forwarded-For" or "traceparent")).Select(static header => $"{header.Key}: {header.Value}"))));
        await using var proxied = await CachedApi.StartAsync(rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)), CacheMode.Safe);
        await using var clean = await CachedApi.StartAsync(rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)), CacheMode.Safe);

        await proxied.GetAsync("/prod/x", (header, value));
        var victim = await proxied.GetAsync("/prod/x");
        var expected = (await clean.GetAsync("/prod/x")).Replace($":{clean.Host.Port}", $":{proxied.Host.Port}", StringComparison.Ordinal);

        Assert.Equal(expected.Split('\n').Order(), victim.Replace("User-Agent: ApiGateway.Middleware\n", "", StringComparison.Ordinal).Replace("\nUser-Agent: ApiGateway.Middleware", "", StringComparison.Ordinal).Split('\n').Order());
        Assert.Equal(2, backend.Count);
    }

    [Fact]
    public async Task Safe_HiddenHeaders_AreBackForWhatRunsAround()
    {
        var seen = "";
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")), CacheMode.Safe,
            gateway: static gateway => gateway.AddHandler("h", static http => http.Response.WriteAsync($"[{http.Request.Headers["X-A"]}]")),
            app: app => app.UseApiGateway(steps => steps.InsertBefore(GatewayStep.Caching, branch => branch.Use(async (HttpContext http, RequestDelegate next) =>
            {
                await next(http);
                seen = http.Request.Headers["X-A"].ToString();
            }))));

        Assert.Equal("[]", await api.GetAsync("/prod/x", ("X-A", "1")));
        Assert.Equal("1", seen);
    }

    [Theory]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Cache-Control", "private")]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Cache-Control", "max-age=60, no-cache")]
    [InlineData("Vary", "*")]
    public async Task Safe_AnswerForOneAlone_IsNotKept(string header, string value)
    {
        await using var api = await CachedApi.StartAsync(mode: CacheMode.Safe, answer: http =>
        {
            http.Response.Headers[header] = value;
            return Task.CompletedTask;
        });

        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(301, 1)]
    [InlineData(206, 2)]
    [InlineData(400, 2)]
    [InlineData(404, 2)]
    [InlineData(500, 2)]
    public async Task Safe_Errors_AreNotKept(int status, int calls)
    {
        await using var api = await CachedApi.StartAsync(mode: CacheMode.Safe, answer: http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await api.GetAsync("/prod/items/7");
        await api.GetAsync("/prod/items/7");

        Assert.Equal(calls, api.Calls);
    }

    [Fact]
    public async Task Safe_RequestWithABody_PassesTheCacheBy()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest.Map("POST /x", static method => method.InProcess("backend")).Cache("prod", method: "/x/POST"), CacheMode.Safe);

        for (var i = 1; i <= 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Host.Client.BaseAddress!, "/prod/x")) { Content = new StringContent("a") };
            using var response = await api.Host.Client.SendAsync(request);
            Assert.Equal($"{i}", await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData(CacheMode.Safe)]
    [InlineData(CacheMode.Exact)]
    public async Task Range_GetsNoPartIntoTheCache(CacheMode mode)
    {
        await using var backend = await TestBackend.StartAsync(static http => Results.Bytes("0123456789"u8.ToArray(), "text/plain", enableRangeProcessing: true).ExecuteAsync(http));
        await using var api = await CachedApi.StartAsync(
            rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)), mode,
            gateway: static gateway => { });

        var part = await api.GetAsync("/prod/x", ("Range", "bytes=2-3"));
        var whole = await api.GetAsync("/prod/x");
        var cached = await api.GetAsync("/prod/x", ("Range", "bytes=2-3"));

        Assert.Equal(mode == CacheMode.Safe ? "0123456789" : "23", part);
        Assert.Equal(("0123456789", "0123456789"), (whole, cached));
    }

    [Theory]
    [InlineData(CacheMode.Safe)]
    [InlineData(CacheMode.Exact)]
    public async Task Condition_GetsNo304IntoTheCache(CacheMode mode)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.Headers.ETag = "\"1\"";
            if (http.Request.Headers.IfNoneMatch == "\"1\"")
            {
                http.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            return http.Response.WriteAsync("all");
        });
        await using var api = await CachedApi.StartAsync(rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)), mode);

        (await api.SendAsync("/prod/x", ("If-None-Match", "\"1\""))).Dispose();

        Assert.Equal("all", await api.GetAsync("/prod/x"));
    }

    [Fact]
    public async Task Exact_CodedAnswer_IsNotGivenToThoseWhoDidNotAskForIt()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            var isCoded = http.Request.Headers.AcceptEncoding.Count > 0;
            if (isCoded)
            {
                http.Response.Headers.ContentEncoding = "x-rot";
            }

            return http.Response.WriteAsync(isCoded ? "coded" : "plain");
        });
        await using var api = await CachedApi.StartAsync(rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)));

        Assert.Equal("coded", await api.GetAsync("/prod/x", ("Accept-Encoding", "x-rot")));
        Assert.Equal("plain", await api.GetAsync("/prod/x"));
    }

    [Theory]
    [InlineData(CacheMode.Safe)]
    [InlineData(CacheMode.Exact)]
    public async Task Head_HasTheLengthAndNoBody_AndAnEntryOfItsOwn(CacheMode mode)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.ContentLength = 7;
            return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.WriteAsync("backend");
        });
        await using var api = await CachedApi.StartAsync(
            rest => rest.Map("ANY /x", method => method.HttpProxy(backend.Url)).Cache("prod", method: "/x/ANY"), mode);

        for (var i = 0; i < 2; i++)
        {
            using var head = await api.Host.SendAsync(HttpMethod.Head, "/prod/x");
            Assert.Equal((7, ""), (head.Content.Headers.ContentLength, await head.Content.ReadAsStringAsync()));
            Assert.Equal("backend", await api.GetAsync("/prod/x"));
        }

        Assert.Equal(2, backend.Count);
    }

    [Fact]
    public async Task Cookies_OfTheApplicationAround_AreNotKept()
    {
        var number = 0;
        await using var api = await CachedApi.StartAsync(app: app =>
        {
            app.Use((HttpContext http, RequestDelegate next) =>
            {
                http.Response.Cookies.Append("session", $"{++number}");
                http.Response.Headers["X-Frame-Options"] = $"{number}";
                return next(http);
            });
            app.UseApiGateway();
        });

        using var first = await api.SendAsync("/prod/items/7");
        using var second = await api.SendAsync("/prod/items/7");

        Assert.Equal(1, api.Calls);
        Assert.StartsWith("session=2;", Assert.Single(second.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        Assert.Equal("2", Assert.Single(second.Headers.GetValues("X-Frame-Options")));
    }

    [Fact]
    public async Task Cors_HitsHaveTheHeadersOfTheirOwnOrigin()
    {
        await using var api = await CachedApi.StartAsync(static rest => rest
            .Cors("https://a.example.com", "https://b.example.com").Map("GET /x", static method => method.InProcess("backend")));

        using var a = await api.SendAsync("/prod/x", ("Origin", "https://a.example.com"));
        using var b = await api.SendAsync("/prod/x", ("Origin", "https://b.example.com"));
        using var c = await api.SendAsync("/prod/x", ("Origin", "https://c.example.com"));

        Assert.Equal(1, api.Calls);
        Assert.Equal("https://b.example.com", Assert.Single(b.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.False(c.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", Assert.Single(c.Headers.GetValues("Vary")));
    }

    private static Task<CachedApi> StartAuthorizedAsync(CacheMode mode, Action<CachePolicyDefinition>? policy = null, params string[] keys) => CachedApi.StartAsync(
        rest => rest.AuthorizerHandler("auth").Map("GET /me", method => method.Authorize("auth").InProcess("backend", CachedApi.Keys(keys))), mode,
        static http =>
        {
            var feature = http.Features.Get<IGatewayFeature>()!;
            return http.Response.WriteAsync($"{feature.PrincipalId} {feature.AuthorizerContext["tenant"]} ");
        },
        policy,
        gateway: static gateway => gateway.AddAuthorizer("auth", static (request, _) =>
        {
            var parts = request.HttpContext.Request.Headers.Authorization.ToString().Split(' ');
            return new(AuthorizationResult.Allow(parts[0]) with { Context = new Dictionary<string, string>(StringComparer.Ordinal) { ["tenant"] = parts[1] } });
        }));
}
