using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Authorizers inside the application.</summary>
public sealed class CustomAuthorizerTests
{
    private static readonly HttpMethod Get = HttpMethod.Get;

    [Fact]
    public async Task Delegate_FromSettings_SeesTheRequestAndDecides()
    {
        var seen = new ConcurrentQueue<AuthorizationRequest>();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = """
                { "Apis": { "api": { "Stages": { "dev": {} },
                  "Authorizers": { "mine": { "Type": "TOKEN", "Handler": "by-token" } },
                  "Routes": { "GET /orders/{id}": { "AuthorizationType": "CUSTOM", "AuthorizerId": "mine", "Integration": { "Type": "IN_PROCESS", "Handler": "who" } } } } } }
                """,
            Gateway = gateway => gateway.AddHandler("who", AuthorizedApi.WhoAsync).AddAuthorizer("by-token", (request, _) =>
            {
                seen.Enqueue(request);
                return new(request.Token switch
                {
                    "good" => AuthorizationResult.Allow("bob") with { Context = new Dictionary<string, string> { ["tier"] = "gold", ["principalId"] = "mallory" } },
                    "bad" => AuthorizationResult.Deny(),
                    "default" => default,
                    _ => AuthorizationResult.Unauthorized(),
                });
            }),
        });

        Assert.Equal("bob|bob|mine|tier=gold", await TextAsync(host, "good"));
        Assert.Equal("""{"Message":"User is not authorized to access this resource with an explicit deny"}""", await TextAsync(host, "bad"));
        Assert.Equal("""{"Message":"User is not authorized to access this resource with an explicit deny"}""", await TextAsync(host, "default"));
        Assert.Equal("""{"message":"Unauthorized"}""", await TextAsync(host, "who?"));
        Assert.Equal("""{"message":"Unauthorized"}""", await host.GetTextAsync("/dev/orders/7"));

        // The first header is that of the method, and nothing is remembered unless the definition says so.
        Assert.Equal(4, seen.Count);
        var request = seen.First();
        Assert.Equal("arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/orders/7", request.MethodArn);
        Assert.Equal(("mine", "api", "dev", "/orders/{id}", "good"), (request.AuthorizerName, request.ApiId, request.Stage, request.ResourcePath, request.Token));
    }

    [Fact]
    public async Task Class_FromTheContainer_IsAsked()
    {
        await using var host = await StartAsync(static gateway => gateway.AddAuthorizer<HeaderAuthorizer>("mine"));

        Assert.Equal("carol|carol|mine|", await (await host.SendAsync(Get, "/dev/who/x", ("X-User", "carol"))).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Authorizer_Throws_500AndClosed(bool isAsynchronous)
    {
        await using var host = await StartAsync(gateway => gateway.AddAuthorizer(
            "mine", isAsynchronous ? static async (_, _) => await BreakAsync() : static (_, _) => throw new InvalidOperationException("broken")));

        using var response = await host.GetAsync("/dev/who/x");

        await Refusal.AssertAsync(response, HttpStatusCode.InternalServerError, "AuthorizerConfigurationException", """{"message":null}""");
        var entry = await host.Logs.NextAsync("AuthorizerThrew");
        Assert.Equal(LogLevel.Error, entry.Level);
    }

    [Fact]
    public async Task Policy_Narrows_AndANotValidOneIs500()
    {
        await using var host = await StartAsync(static gateway => gateway.AddAuthorizer("mine", static (request, _) => new(AuthorizationResult.Allow("bob") with
        {
            Policy = request.HttpContext.Request.Headers["X-Policy"].ToString(),
        })));
        const string OnlyA = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:*/dev/GET/who/a"}}""";

        using var a = await host.SendAsync(Get, "/dev/who/a", ("X-Policy", OnlyA));
        using var b = await host.SendAsync(Get, "/dev/who/b", ("X-Policy", OnlyA));
        using var broken = await host.SendAsync(Get, "/dev/who/a", ("X-Policy", "{"));

        Assert.Equal(HttpStatusCode.OK, a.StatusCode);
        await Refusal.AssertAsync(b, HttpStatusCode.Forbidden, "AccessDeniedException", """{"Message":"User is not authorized to access this resource"}""");
        await Refusal.AssertAsync(broken, HttpStatusCode.InternalServerError, "AuthorizerConfigurationException", """{"message":null}""");
    }

    [Fact]
    public async Task Result_Remembered_IsShorterIfTheAuthorizerSaysSo()
    {
        var time = new ManualTimeProvider();
        var calls = 0;
        await using var host = await StartAsync(
            gateway => gateway.AddAuthorizer("mine", (request, _) =>
            {
                Interlocked.Increment(ref calls);
                return new(AuthorizationResult.Allow("bob") with
                {
                    CacheFor = request.Token switch { "short" => TimeSpan.FromSeconds(10), "never" => TimeSpan.Zero, _ => TimeSpan.FromDays(1) },
                });
            }),
            static authorizer =>
            {
                authorizer.IdentitySource = "method.request.header.X-Token";
                authorizer.AuthorizerResultTtlInSeconds = 60;
            },
            time);

        async Task<int> CallsAsync(string token, int seconds)
        {
            calls = 0;
            await host.SendAsync(Get, "/dev/who/x", ("X-Token", token));
            time.Advance(TimeSpan.FromSeconds(seconds));
            await host.SendAsync(Get, "/dev/who/y", ("X-Token", token));
            return calls;
        }

        Assert.Equal(1, await CallsAsync("short", 9));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(2, await CallsAsync("short", 10));
        Assert.Equal(2, await CallsAsync("never", 0));
        Assert.Equal(1, await CallsAsync("long", 59));
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(2, await CallsAsync("long", 60));
    }

    [Fact]
    public async Task User_InsideAndAfterwards_IsTheCallerThenTheHosts()
    {
        var users = new ConcurrentQueue<string?>();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = gateway => gateway
                .AddAuthorizer("mine", static (request, _) =>
                {
                    // Does not become the caller by this alone.
                    request.HttpContext.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "mallory")], "x"));
                    return new(AuthorizationResult.Allow("bob"));
                })
                .AddHandler("who", http =>
                {
                    Assert.Throws<InvalidOperationException>(() => ((ClaimsIdentity)http.User.Identity!).AddClaim(new Claim("role", "admin")));
                    Assert.Throws<InvalidOperationException>(() => http.User.AddIdentity(new ClaimsIdentity()));
                    http.User.Clone().AddIdentity(new ClaimsIdentity());
                    return AuthorizedApi.WhoAsync(http);
                })
                .AddRestApi("api", static api => api.AuthorizerHandler("mine").Map("GET /who", static method => method.Authorize("mine").InProcess("who")).Stage("dev")),
            App = app =>
            {
                app.Use(async (http, next) =>
                {
                    http.User = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "host")], "h"));
                    await next(http);
                    users.Enqueue(http.User.Identity?.Name);
                });
                app.UseApiGateway();
            },
        });

        Assert.Equal("bob|bob|mine|", await host.GetTextAsync("/dev/who"));
        Assert.Equal("bob|bob|mine|", await host.GetTextAsync("/dev/who"));
        Assert.Equal(TestHost.Outside, await host.GetTextAsync("/elsewhere"));
        Assert.Equal(["host", "host", "host"], users);
    }

    [Fact]
    public async Task Scheme_OfTheApplication_LetsInWhomItKnows()
    {
        await using var host = await StartWithHostSchemeAsync(static gateway => gateway.AddAuthenticationScheme("mine", "Test"));

        Assert.Equal("dave|dave|Test|", await (await host.SendAsync(Get, "/dev/who/x", ("X-Test", "dave"))).Content.ReadAsStringAsync());
        Assert.Equal("""{"message":"Unauthorized"}""", await host.GetTextAsync("/dev/who/x"));
    }

    [Fact]
    public async Task Policy_OfTheApplication_Decides()
    {
        await using var host = await StartWithHostSchemeAsync(static gateway => gateway.AddAuthorizationPolicy("mine", "admins"));

        Assert.Equal("root|root|Test|", await (await host.SendAsync(Get, "/dev/who/x", ("X-Test", "root"))).Content.ReadAsStringAsync());
        Assert.Equal(
            """{"Message":"User is not authorized to access this resource with an explicit deny"}""",
            await (await host.SendAsync(Get, "/dev/who/x", ("X-Test", "dave"))).Content.ReadAsStringAsync());
        Assert.Equal("""{"message":"Unauthorized"}""", await host.GetTextAsync("/dev/who/x"));
    }

    [Fact]
    public async Task Handler_Unknown_StopsTheHost()
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(static () => StartAsync(static _ => { }));

        Assert.Contains("There is no authorizer 'mine'. Register it with AddAuthorizer(\"mine\", ...). Known: none.", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<AuthorizationResult> BreakAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("broken");
    }

    private static async Task<string> TextAsync(TestHost host, string token)
    {
        using var response = await host.SendAsync(Get, "/dev/orders/7", ("Authorization", token));
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<TestHost> StartAsync(
        Action<IApiGatewayBuilder> configure, Action<Definitions.AuthorizerDefinition>? authorizer = null, TimeProvider? time = null) =>
        TestHost.StartAsync(new TestHostSetup { Time = time, Gateway = gateway => Define(gateway, configure, authorizer) });

    private static Task<TestHost> StartWithHostSchemeAsync(Action<IApiGatewayBuilder> configure) => TestHost.StartAsync(new TestHostSetup
    {
        Builder = static builder =>
        {
            builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestScheme>("Test", null);
            builder.Services.AddAuthorizationBuilder().AddPolicy("admins", static policy => policy.RequireAuthenticatedUser().RequireUserName("root"));
        },
        Gateway = gateway => Define(gateway, configure, null),
    });

    private static void Define(
        IApiGatewayBuilder gateway, Action<IApiGatewayBuilder> configure, Action<Definitions.AuthorizerDefinition>? authorizer)
    {
        configure(gateway);
        gateway.AddHandler("who", AuthorizedApi.WhoAsync).AddRestApi("api", api => api
            .AuthorizerHandler("mine", configure: authorizer)
            .Map("ANY /who/{proxy+}", static method => method.Authorize("mine").InProcess("who"))
            .Stage("dev"));
    }

    internal sealed class HeaderAuthorizer : IGatewayAuthorizer
    {
        public ValueTask<AuthorizationResult> AuthorizeAsync(AuthorizationRequest request, CancellationToken cancellationToken) =>
            new(AuthorizationResult.Allow(request.HttpContext.Request.Headers["X-User"].ToString()));
    }

    internal sealed class TestScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-Test"] is [{ Length: > 0 } name]
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, name)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}
