using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.FunctionalTests.Authorization;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Routes of HTTP APIs with a JWT authorizer, to the byte.</summary>
public sealed class HttpJwtTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _events = [];
    private UserPoolServer _issuer = null!;

    public async ValueTask InitializeAsync() => _issuer = await UserPoolServer.StartAsync();

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    [InlineData("")]
    public async Task Token_Good_ApplicationSeesTheCaller(string scheme)
    {
        await using var host = await StartAsync();

        Assert.Equal("u-1|JWT", await TextAsync(host, "/who", scheme + _issuer.Sign(Claims())));
    }

    [Fact]
    public async Task Token_InTheQuery_IsTaken()
    {
        await using var host = await StartAsync();

        Assert.Equal("u-1|JWT", await host.GetTextAsync($"/query?a=1&token={_issuer.Sign(Claims())}"));
        Assert.Equal(RawAnswer.Refusal("401 Unauthorized", "Unauthorized", "Bearer"), await RawAnswer.OfAsync(host, "GET /query"));
    }

    [Theory]
    [InlineData("GET /who")]
    [InlineData("GET /scoped")]
    public async Task Token_None_Is401WithABareChallenge(string requestLine)
    {
        await using var host = await StartAsync();

        Assert.Equal(RawAnswer.Refusal("401 Unauthorized", "Unauthorized", "Bearer"), await RawAnswer.OfAsync(host, requestLine));
        Assert.Equal(RawAnswer.Refusal("401 Unauthorized", "Unauthorized", "Bearer"), await RawAnswer.OfAsync(host, requestLine, "Authorization: Bearer "));
    }

    [Theory]
    [InlineData("""{"aud":"other"}""", "the token does not have a valid audience")]
    [InlineData("""{"aud":["other","another"]}""", "the token does not have a valid audience")]
    [InlineData("""{"aud":"other","client_id":"client-1"}""", "the token does not have a valid audience")]
    [InlineData("""{"aud":null,"client_id":"other"}""", "the token does not have a valid audience")]
    [InlineData("""{"iss":"https://other.example.com"}""", "the token does not have a valid issuer")]
    [InlineData("""{"exp":1}""", "the token has expired")]
    [InlineData("""{"exp":null}""", "the token is malformed")]
    [InlineData("""{"nbf":99999999999}""", "the token is not yet valid")]
    [InlineData("""{"iat":99999999999}""", "the token is not yet valid")]
    public async Task Token_ClaimIsWrong_Is401ToTheByte(string change, string description)
    {
        await using var host = await StartAsync();
        var token = _issuer.Sign(Claims(change));

        Assert.Equal(
            RawAnswer.Refusal("401 Unauthorized", "Unauthorized", $"Bearer scope=\"\" error=\"invalid_token\" error_description=\"{description}\""),
            await RawAnswer.OfAsync(host, "GET /who", $"Authorization: Bearer {token}"));
        Assert.Equal(
            RawAnswer.Refusal("401 Unauthorized", "Unauthorized", $"Bearer scope=\"read write\" error=\"invalid_token\" error_description=\"{description}\""),
            await RawAnswer.OfAsync(host, "GET /scoped", $"Authorization: {token}"));
    }

    [Theory]
    [InlineData("""{"aud":null,"client_id":"client-1"}""")]
    [InlineData("""{"aud":["other","client-2"]}""")]
    public async Task Token_AudienceIsOneOfThem_Passes(string change)
    {
        await using var host = await StartAsync();

        Assert.Equal("u-1|JWT", await TextAsync(host, "/who", _issuer.Sign(Claims(change))));
    }

    [Fact]
    public async Task Token_Malformed_Is401()
    {
        await using var host = await StartAsync();

        Assert.Equal(
            RawAnswer.Refusal("401 Unauthorized", "Unauthorized", "Bearer scope=\"\" error=\"invalid_token\" error_description=\"the token is malformed\""),
            await RawAnswer.OfAsync(host, "GET /who", "Authorization: Bearer a.b"));
    }

    [Fact]
    public async Task Keys_CannotBeHad_Is401()
    {
        _issuer.IsDown = true;
        await using var host = await StartAsync();

        Assert.Equal(
            RawAnswer.Refusal(
                "401 Unauthorized", "Unauthorized", "Bearer scope=\"\" error=\"invalid_token\" error_description=\"OIDC discovery endpoint communication error\""),
            await RawAnswer.OfAsync(host, "GET /who", $"Authorization: {_issuer.Sign(Claims())}"));
    }

    [Theory]
    [InlineData("""{"scope":"read"}""", true)]
    [InlineData("""{"scope":"admin write"}""", true)]
    [InlineData("""{"scp":["write"]}""", true)]
    [InlineData("""{"scp":["admin"],"scope":"read"}""", false)]
    [InlineData("""{"scope":"READ reads"}""", false)]
    [InlineData("{}", false)]
    public async Task Scopes_OneOfTheRoute_IsEnough(string change, bool passes)
    {
        await using var host = await StartAsync();
        var token = _issuer.Sign(Claims(change));

        if (passes)
        {
            Assert.Equal("u-1|JWT", await TextAsync(host, "/scoped", token));
            return;
        }

        Assert.Equal(
            RawAnswer.Refusal(
                "403 Forbidden", "Forbidden", "Bearer scope=\"read write\" error=\"insufficient_scope\" error_description=\"the token does not have a valid scope\""),
            await RawAnswer.OfAsync(host, "GET /scoped", $"Authorization: {token}"));
    }

    [Theory]
    [InlineData("/function")]
    [InlineData("/function1")]
    public async Task Event_OfARouteWithoutScopes_HasClaimsAsTextsAndNoScopes(string path)
    {
        await using var host = await StartAsync();
        var claims = Claims("""{"roles":["a","b"],"flag":true,"nothing":null,"deep":{"x":[1, 2]},"scope":"read"}""");

        await TextAsync(host, path, _issuer.Sign(claims));

        var authorizer = AuthorizerOf(path);
        var texts = authorizer.GetProperty("claims");
        Assert.All(texts.EnumerateObject(), static claim => Assert.Equal(JsonValueKind.String, claim.Value.ValueKind));
        Assert.Equal("[a b]", texts.GetProperty("roles").GetString());
        Assert.Equal("true", texts.GetProperty("flag").GetString());
        Assert.Equal("""{"x":[1,2]}""", texts.GetProperty("deep").GetString());
        Assert.Equal(claims["exp"]!.ToJsonString(), texts.GetProperty("exp").GetString());
        Assert.False(texts.TryGetProperty("nothing", out _));
        Assert.Equal(JsonValueKind.Null, authorizer.GetProperty("scopes").ValueKind);
    }

    [Theory]
    [InlineData("/function-scoped")]
    [InlineData("/function1-scoped")]
    public async Task Event_OfARouteWithScopes_HasAllOfTheToken(string path)
    {
        await using var host = await StartAsync();

        await TextAsync(host, path, _issuer.Sign(Claims("""{"scope":"admin read other"}""")));

        Assert.Equal(["admin", "read", "other"], AuthorizerOf(path).GetProperty("scopes").EnumerateArray().Select(static scope => scope.GetString()));
    }

    [Fact]
    public async Task Variables_OfClaims_AreThereOneByOneAlone()
    {
        await using var backend = await TestBackend.StartRawAsync(static http => http.Response.WriteAsync($"{http.Request.Headers["x-sub"]}|{http.Request.Headers["x-all"]}"));
        await using var host = await StartAsync(api => api.Map("GET /mapped", route => route.AuthorizeJwt("jwt").HttpProxy(backend.Url, static integration =>
        {
            integration.RequestParameters["append:header.x-sub"] = "$context.authorizer.claims.sub";
            integration.RequestParameters["append:header.x-all"] = "$context.authorizer.claims";
        })));

        Assert.Equal("u-1|", await TextAsync(host, "/mapped", _issuer.Sign(Claims())));
    }

    private static async Task<string> TextAsync(TestHost host, string path, string token)
    {
        using var response = await host.SendAsync(HttpMethod.Get, path, ("Authorization", token));
        return await response.Content.ReadAsStringAsync();
    }

    private JsonElement AuthorizerOf(string path)
    {
        var authorizer = AuthorizedApi.Parse(Assert.Single(_events)).GetProperty("requestContext").GetProperty("authorizer");
        return path.Contains('1', StringComparison.Ordinal) ? authorizer : authorizer.GetProperty("jwt");
    }

    private JsonObject Claims(string change = "{}")
    {
        var claims = new JsonObject
        {
            ["iss"] = _issuer.Issuer,
            ["sub"] = "u-1",
            ["aud"] = "client-1",
            ["exp"] = _time.GetUtcNow().ToUnixTimeSeconds() + 600,
        };
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            if (value is null && name is "aud" or "exp")
            {
                claims.Remove(name);
            }
            else
            {
                claims[name] = value?.DeepClone();
            }
        }

        return claims;
    }

    private Task<TestHost> StartAsync(Action<HttpApiBuilder>? more = null) => TestHost.StartAsync(new TestHostSetup
    {
        Time = _time,
        Gateway = builder =>
        {
            builder.Services.Configure<ApiGatewayOptions>(static options => options.Jwt.AllowInsecureJwks = true);
            builder
                .AddHandler("who", static http => http.Response.WriteAsync($"{http.User.Identity?.Name}|{http.User.Identity?.AuthenticationType}"))
                .AddLambdaFunction("f", AuthorizedApi.Answering(_events, "\"ok\""))
                .AddLambdaFunction("g", AuthorizedApi.Answering(_events, """{"statusCode":200}"""))
                .AddHttpApi("api", api => Define(api, more));
        },
    });

    private void Define(HttpApiBuilder api, Action<HttpApiBuilder>? more)
    {
        api.JwtAuthorizer("jwt", _issuer.Issuer, "client-1", "client-2")
            .JwtAuthorizer("query", _issuer.Issuer, "client-1")
            .Map("GET /who", static route => route.AuthorizeJwt("jwt").InProcess("who"))
            .Map("GET /scoped", static route => route.AuthorizeJwt("jwt", "read", "write").InProcess("who"))
            .Map("GET /query", static route => route.AuthorizeJwt("query").InProcess("who"))
            .Map("GET /function", static route => route.AuthorizeJwt("jwt").LambdaProxy("f"))
            .Map("GET /function-scoped", static route => route.AuthorizeJwt("jwt", "read").LambdaProxy("f"))
            .Map("GET /function1", static route => route.AuthorizeJwt("jwt").LambdaProxy("g", static i => i.PayloadFormatVersion = "1.0"))
            .Map("GET /function1-scoped", static route => route.AuthorizeJwt("jwt", "read").LambdaProxy("g", static i => i.PayloadFormatVersion = "1.0"))
            .Stage("$default");
        api.Definition.Authorizers["query"].IdentitySources.Add("$request.querystring.token");
        more?.Invoke(api);
    }
}
