using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Authorization;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary><c>Cache-Control: max-age=0</c>: who gets a new answer, and what becomes of the others.</summary>
public sealed class InvalidationTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Text = "199 Cache-control headers were ignored because the caller was unauthorized.";

    [Fact]
    public async Task NotGuarded_Anybody_ReplacesTheEntry()
    {
        await using var api = await CachedApi.StartAsync(setting: static setting => setting.RequireAuthorizationForCacheControl = false);
        await api.GetAsync("/prod/items/7");

        Assert.Equal("2", await api.GetAsync("/prod/items/7", ("Cache-Control", "max-age=0")));
        Assert.Equal("2", await api.GetAsync("/prod/items/7"));
    }

    [Theory]
    [InlineData("max-age=0", true)]
    [InlineData("no-transform, Max-Age=0", true)]
    [InlineData("max-age=1", false)]
    [InlineData("max-age", false)]
    [InlineData("s-maxage=0", false)]
    [InlineData("no-cache", false)]
    [InlineData("no-store", false)]
    public async Task Trigger_IsMaxAgeOfZeroAlone(string value, bool isTrigger)
    {
        await using var api = await CachedApi.StartAsync(setting: static setting => setting.RequireAuthorizationForCacheControl = false);
        await api.GetAsync("/prod/items/7");

        Assert.Equal(isTrigger ? "2" : "1", await api.GetAsync("/prod/items/7", ("Cache-Control", value)));
    }

    [Fact]
    public async Task Trigger_PragmaIsNone()
    {
        await using var api = await CachedApi.StartAsync(setting: static setting => setting.RequireAuthorizationForCacheControl = false);
        await api.GetAsync("/prod/items/7");

        Assert.Equal("1", await api.GetAsync("/prod/items/7", ("Pragma", "no-cache")));
    }

    [Fact]
    public async Task Guarded_ByDefault_ServesAndWarns()
    {
        await using var api = await CachedApi.StartAsync();

        using var first = await api.SendAsync("/prod/items/7", ("Cache-Control", "max-age=0"));
        using var second = await api.SendAsync("/prod/items/7", ("Cache-Control", "max-age=0"));
        using var third = await api.SendAsync("/prod/items/7");

        Assert.Equal(["1", "1", "1"], [await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync(), await third.Content.ReadAsStringAsync()]);
        Assert.Equal(Text, first.Headers.NonValidated["Warning"].ToString());
        Assert.Equal(Text, second.Headers.NonValidated["Warning"].ToString());
        Assert.False(third.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task Guarded_WithoutHeader_ServesSilently()
    {
        await using var api = await CachedApi.StartAsync(
            setting: static setting => setting.UnauthorizedCacheControlHeaderStrategy = UnauthorizedCacheControlStrategy.SucceedWithoutResponseHeader);
        await api.GetAsync("/prod/items/7");

        using var second = await api.SendAsync("/prod/items/7", ("Cache-Control", "max-age=0"));

        Assert.Equal("1", await second.Content.ReadAsStringAsync());
        Assert.False(second.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task Guarded_FailWith403_Refuses()
    {
        await using var api = await CachedApi.StartAsync(
            setting: static setting => setting.UnauthorizedCacheControlHeaderStrategy = UnauthorizedCacheControlStrategy.FailWith403);
        await api.GetAsync("/prod/items/7");

        using var second = await api.SendAsync("/prod/items/7", ("Cache-Control", "max-age=0"));

        await Refusal.AssertForbiddenAsync(second);
        Assert.Equal("1", await api.GetAsync("/prod/items/7"));
    }

    [Theory]
    [InlineData("execute-api:Invoke", "1")]
    [InlineData("execute-api:InvalidateCache", "2")]
    [InlineData("execute-api:*", "2")]
    public async Task Guarded_ResourcePolicy_Decides(string action, string answer)
    {
        await using var api = await CachedApi.StartAsync(rest =>
        {
            rest.Definition.Policy = $$"""
                {"Version":"2012-10-17","Statement":[
                  {"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"},
                  {"Effect":"Allow","Principal":"*","Action":"{{action}}","Resource":"execute-api:/prod/GET/items/*"}]}
                """;
            rest.Map("GET /items/{id}", static method => method.InProcess("backend"));
        });
        await api.GetAsync("/prod/items/7");

        Assert.Equal(answer, await api.GetAsync("/prod/items/7", ("Cache-Control", "max-age=0")));
    }

    [Theory]
    [InlineData("\"execute-api:Invoke\"", "1")]
    [InlineData("[\"execute-api:Invoke\",\"execute-api:InvalidateCache\"]", "2")]
    public async Task Guarded_PolicyOfTheAuthorizer_Decides(string actions, string answer)
    {
        var function = AuthorizedApi.Answering([], $$$"""
            {"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{{actions}}},"Resource":"arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/items/7"}]}}
            """);
        await using var api = await CachedApi.StartAsync(
            static rest => rest
                .Authorizer("auth", static authorizer =>
                {
                    authorizer.AuthorizerUri = AuthorizedApi.Uri;
                    authorizer.IdentitySource = "method.request.header.Authorization";
                })
                .Map("GET /items/{id}", static method => method.Authorize("auth").InProcess("backend")),
            gateway: gateway => gateway.AddLambdaFunction("auth", function));
        await api.GetAsync("/prod/items/7", ("Authorization", "t"));

        Assert.Equal(answer, await api.GetAsync("/prod/items/7", ("Authorization", "t"), ("Cache-Control", "max-age=0")));
    }

    [Theory]
    [InlineData("\"execute-api:Invoke\"", "1")]
    [InlineData("[\"execute-api:Invoke\",\"execute-api:InvalidateCache\"]", "2")]
    public async Task Guarded_PolicyOfTheSigner_Decides(string actions, string answer)
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /items/{id}", static method => method.AuthorizeIam().InProcess("backend")),
            gateway: gateway => gateway.Services.Configure<ApiGatewayOptions>(options => options.Credentials.Add(new SigV4Credential(Id, Secret)
            {
                PrincipalArn = "arn:aws:iam::123456789012:user/ann",
                IdentityPolicies = [$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{actions}},"Resource":"*"}]}"""],
            })));
        (await SendAsync()).Dispose();

        using var second = await SendAsync("max-age=0");

        Assert.Equal(answer, await second.Content.ReadAsStringAsync());

        Task<HttpResponseMessage> SendAsync(string? control = null)
        {
            var request = TestClient.Request(HttpMethod.Get, api.Host.Client.BaseAddress!, "/prod/items/7");
            if (control is not null)
            {
                request.Headers.TryAddWithoutValidation("Cache-Control", control);
            }

            return api.Host.Client.SendAsync(TestSigner.Sign(request, Id, Secret, api.Time.GetUtcNow()));
        }
    }

    [Fact]
    public async Task Guarded_HandlerWithoutPolicy_HasNoPermission()
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.AuthorizerHandler("auth").Map("GET /items/{id}", static method => method.Authorize("auth").InProcess("backend")),
            gateway: static gateway => gateway.AddAuthorizer("auth", static (_, _) => new(AuthorizationResult.Allow("alice"))));
        await api.GetAsync("/prod/items/7");

        Assert.Equal("1", await api.GetAsync("/prod/items/7", ("Cache-Control", "max-age=0")));
    }

    [Fact]
    public async Task Guards_RunOnHits()
    {
        var asked = 0;
        await using var api = await CachedApi.StartAsync(
            static rest => rest
                .AuthorizerHandler("auth").Map("GET /items/{id}", static method => method.Authorize("auth").RequireApiKey().InProcess("backend")),
            gateway: gateway => gateway
                .AddAuthorizer("auth", (request, _) =>
                {
                    asked++;
                    return new(request.HttpContext.Request.Headers.ContainsKey("X-Good") ? AuthorizationResult.Allow("alice") : default);
                })
                .AddUsagePlan("gold", static plan =>
                {
                    plan.AddStage("api", "prod");
                    plan.Throttle = new ThrottleDefinition(0, 2);
                })
                .AddApiKey("key", static key =>
                {
                    key.Value = "0123456789-0123456789";
                    key.UsagePlans.Add("gold");
                }));
        (string, string)[] good = [("X-Good", "1"), ("x-api-key", "0123456789-0123456789")];
        Assert.Equal("1", await api.GetAsync("/prod/items/7", good));

        using var anonymous = await api.SendAsync("/prod/items/7", good[1]);
        using var keyless = await api.SendAsync("/prod/items/7", good[0]);
        Assert.Equal("1", await api.GetAsync("/prod/items/7", good));
        using var tooMany = await api.SendAsync("/prod/items/7", good);

        Assert.Equal([403, 403, 429], [(int)anonymous.StatusCode, (int)keyless.StatusCode, (int)tooMany.StatusCode]);
        Assert.Equal((1, 5), (api.Calls, asked));
    }
}
