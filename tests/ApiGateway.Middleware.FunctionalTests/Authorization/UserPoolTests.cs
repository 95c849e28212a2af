using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Methods with <c>COGNITO_USER_POOLS</c>.</summary>
public sealed class UserPoolTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _events = [];
    private UserPoolServer _pool = null!;

    public async ValueTask InitializeAsync() => _pool = await UserPoolServer.StartAsync();

    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("bearer ")]
    public async Task Token_Good_ApplicationSeesTheCaller(string prefix)
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/id", prefix + _pool.Sign(_pool.Claims(_time.GetUtcNow())));

        Assert.Equal("ann|True", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Token_None_401()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/dev/id");

        await AssertUnauthorizedAsync(response);
    }

    [Fact]
    public async Task Token_OfAnotherKey_401()
    {
        using var forger = RSA.Create(2048);
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/id", _pool.Sign(_pool.Claims(_time.GetUtcNow()), forger));

        await AssertUnauthorizedAsync(response);
    }

    [Theory]
    [InlineData(599, true)]
    [InlineData(600, false)]
    public async Task Token_Expires_TellsSoEvenIfItWasKnown(int seconds, bool isGood)
    {
        await using var host = await StartAsync();
        var token = _pool.Sign(_pool.Claims(_time.GetUtcNow()));
        using var before = await SendAsync(host, "/dev/id", token);

        _time.Advance(TimeSpan.FromSeconds(seconds));
        using var after = await SendAsync(host, "/dev/id", token);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        if (isGood)
        {
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        }
        else
        {
            await Refusal.AssertAsync(after, HttpStatusCode.Unauthorized, "UnauthorizedException", """{"message":"The incoming token has expired"}""");
        }
    }

    [Theory]
    [InlineData("/dev/id", "id", null, true)]
    [InlineData("/dev/id", "access", "api/read", false)]
    [InlineData("/dev/scoped", "id", null, false)]
    [InlineData("/dev/scoped", "access", "api/write", false)]
    [InlineData("/dev/scoped", "access", "openid api/read", true)]
    public async Task Token_UseAndScope_FollowTheMethod(string target, string use, string? scope, bool isGood)
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, target, _pool.Sign(_pool.Claims(_time.GetUtcNow(), use, scope)));

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("iss", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI")]
    [InlineData("token_use", "refresh")]
    [InlineData("exp", "soon")]
    public async Task Token_ClaimIsWrong_401(string name, string value)
    {
        await using var host = await StartAsync();
        var claims = _pool.Claims(_time.GetUtcNow());
        claims[name] = value;

        using var response = await SendAsync(host, "/dev/id", _pool.Sign(claims));

        await AssertUnauthorizedAsync(response);
    }

    [Theory]
    [InlineData("client-1", null, true)]
    [InlineData("client-2", null, false)]
    [InlineData(null, "client-[0-9]", true)]
    [InlineData(null, "client", false)]
    public async Task Token_Audience_IsHeldAgainstTheAuthorizer(string? client, string? expression, bool isGood)
    {
        await using var host = await StartAsync(authorizer =>
        {
            authorizer.IdentityValidationExpression = expression;
            if (client is not null)
            {
                authorizer.AllowedClientIds.Add(client);
            }
        });

        using var response = await SendAsync(host, "/dev/id", _pool.Sign(_pool.Claims(_time.GetUtcNow())));

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Keys_CannotBeHad_500()
    {
        _pool.IsDown = true;
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/id", _pool.Sign(_pool.Claims(_time.GetUtcNow())));

        await Refusal.AssertAsync(response, HttpStatusCode.InternalServerError, "AuthorizerConfigurationException", """{"message":null}""");
    }

    [Theory]
    [InlineData("Allow", "/*", true)]
    [InlineData("Allow", "/dev/POST/*", false)]
    [InlineData("Deny", "/*", false)]
    public async Task Policy_OfTheApi_DecidesAloneAfterTheToken(string effect, string resource, bool isGood)
    {
        await using var host = await StartAsync(api: api => api.Definition.Policy =
            $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:{{resource}}"}]}""");

        using var without = await host.GetAsync("/dev/id");
        using var with = await SendAsync(host, "/dev/id", _pool.Sign(_pool.Claims(_time.GetUtcNow())));

        await AssertUnauthorizedAsync(without);
        if (isGood)
        {
            Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        }
        else
        {
            var ending = effect == "Deny" ? " with an explicit deny" : "";
            await Refusal.AssertAsync(
                with, HttpStatusCode.Forbidden, "AccessDeniedException",
                $$"""{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:api/dev/GET/id{{ending}}"}""");
        }
    }

    [Fact]
    public async Task Function_Event_HasTheClaims()
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/function", _pool.Sign(_pool.Claims(_time.GetUtcNow())));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var authorizer = AuthorizedApi.Parse(Assert.Single(_events)).GetProperty("requestContext").GetProperty("authorizer");
        Assert.Equal(["claims"], authorizer.EnumerateObject().Select(static member => member.Name));
        var claims = JsonNode.Parse(authorizer.GetProperty("claims").GetRawText())!;
        Assert.Equal("u-1", (string?)claims["sub"]);
        Assert.Equal("[admin editor]", (string?)claims["cognito:groups"]);
        Assert.Equal("7", (string?)claims["level"]);
        Assert.Equal(_pool.Claims(_time.GetUtcNow()).Count, claims.AsObject().Count);
    }

    [Fact]
    public async Task Template_Claims_AreTexts()
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/template", _pool.Sign(_pool.Claims(_time.GetUtcNow())));

        Assert.Equal("u-1/[admin editor]/7", await response.Content.ReadAsStringAsync());
    }

    private static Task AssertUnauthorizedAsync(HttpResponseMessage response) =>
        Refusal.AssertAsync(response, HttpStatusCode.Unauthorized, "UnauthorizedException", """{"message":"Unauthorized"}""");

    private static Task<HttpResponseMessage> SendAsync(TestHost host, string target, string token) =>
        host.SendAsync(HttpMethod.Get, target, ("Authorization", token));

    private Task<TestHost> StartAsync(Action<AuthorizerDefinition>? authorizer = null, Action<RestApiBuilder>? api = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Time = _time,
            Gateway = builder =>
            {
                builder.Services.Configure<ApiGatewayOptions>(options =>
                {
                    options.Jwt.AllowInsecureJwks = true;
                    options.Jwt.UserPools[UserPoolServer.Id] = new UserPoolOptions { Issuer = _pool.Issuer };
                });
                builder
                    .AddHandler("who", static http => http.Response.WriteAsync($"{http.User.Identity?.Name}|{http.User.IsInRole("admin")}"))
                    .AddLambdaFunction("f", AuthorizedApi.Answering(_events, """{"statusCode":200,"body":"x"}"""))
                    .AddRestApi("api", definition => Define(definition, authorizer, api));
            },
        });

    private static void Define(RestApiBuilder definition, Action<AuthorizerDefinition>? authorizer, Action<RestApiBuilder>? api)
    {
        definition
            .UserPoolAuthorizer("pool", UserPoolServer.Arn)
            .Map("GET /id", static method => method.AuthorizeUserPool("pool").InProcess("who"))
            .Map("GET /scoped", static method => method.AuthorizeUserPool("pool", "api/admin", "api/read").InProcess("who"))
            .Map("GET /function", static method => method.AuthorizeUserPool("pool").LambdaProxy("f"))
            .Map("GET /template", static method => method.AuthorizeUserPool("pool").Mock(200, static integration =>
            {
                var response = new IntegrationResponseDefinition("200");
                response.ResponseTemplates["application/json"] =
                    "$context.authorizer.claims.sub/$context.authorizer.claims['cognito:groups']/$context.authorizer.claims.level";
                integration.IntegrationResponses.Add(response);
            }).Response(200))
            .Stage("dev");
        authorizer?.Invoke(definition.Definition.Authorizers["pool"]);
        api?.Invoke(definition);
    }
}
