using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Methods with <c>JWT</c>, of REST APIs.</summary>
public sealed class JwtTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _events = [];
    private UserPoolServer _issuer = null!;
    private UserPoolServer _other = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await UserPoolServer.StartAsync();
        _other = await UserPoolServer.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer ")]
    public async Task Token_Good_ApplicationSeesTheCaller(string prefix)
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/who", prefix + _issuer.Sign(Claims()));

        Assert.Equal("u-1|True|7", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ")]
    [InlineData("a.b.c")]
    public async Task Token_NoneOrMalformed_401(string? token)
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/who", token);

        await AssertUnauthorizedAsync(response);
    }

    [Theory]
    [InlineData("iss", "https://other.example")]
    [InlineData("aud", "another")]
    [InlineData("exp", "1")]
    [InlineData("nbf", "99999999999")]
    public async Task Token_ClaimIsWrong_401(string name, string value)
    {
        await using var host = await StartAsync();
        var claims = Claims();
        claims[name] = long.TryParse(value, out var number) ? number : value;

        using var response = await SendAsync(host, "/dev/who", _issuer.Sign(claims));

        // Of user pools alone callers learn that the token is past its time.
        await AssertUnauthorizedAsync(response);
    }

    [Theory]
    [InlineData(30, 30, HttpStatusCode.OK)]
    [InlineData(31, 30, HttpStatusCode.Unauthorized)]
    [InlineData(1, 0, HttpStatusCode.Unauthorized)]
    public async Task Token_OfAClockAhead_IsGoodWithinTheSkew(int ahead, int skew, HttpStatusCode status)
    {
        await using var host = await StartAsync(skew: TimeSpan.FromSeconds(skew));
        var claims = Claims();
        claims["iat"] = _time.GetUtcNow().ToUnixTimeSeconds() + ahead;

        using var response = await SendAsync(host, "/dev/who", _issuer.Sign(claims));

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task Token_OfAnotherKey_401()
    {
        using var forger = RSA.Create(2048);
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/who", _issuer.Sign(Claims(), forger));

        await AssertUnauthorizedAsync(response);
    }

    [Fact]
    public async Task Token_OfEachIssuer_IsHeldAgainstHisAudiences()
    {
        await using var host = await StartAsync();
        var ofOther = Claims();
        ofOther["iss"] = _other.Issuer;
        var withHisAudience = ofOther.DeepClone().AsObject();
        withHisAudience["aud"] = new JsonArray("x", "other-app");

        using var wrong = await SendAsync(host, "/dev/who", _other.Sign(ofOther));
        using var right = await SendAsync(host, "/dev/who", _other.Sign(withHisAudience));
        using var borrowed = await SendAsync(host, "/dev/who", _issuer.Sign(withHisAudience));

        await AssertUnauthorizedAsync(wrong);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        await AssertUnauthorizedAsync(borrowed);
    }

    [Theory]
    [InlineData("scope", "read write", true)]
    [InlineData("scp", "write", true)]
    [InlineData("scope", "read writer", false)]
    [InlineData("scope", "", false)]
    public async Task Scope_OfTheMethod_OneIsEnough(string claim, string scopes, bool isGood)
    {
        await using var host = await StartAsync();
        var claims = Claims();
        claims[claim] = scopes;

        using var response = await SendAsync(host, "/dev/scoped", _issuer.Sign(claims));

        if (isGood)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        else
        {
            await Refusal.AssertAsync(response, HttpStatusCode.Forbidden, "AccessDeniedException", """{"message":"Forbidden"}""");
        }
    }

    [Theory]
    [InlineData("sales", true)]
    [InlineData("it", false)]
    [InlineData(null, false)]
    public async Task AdditionalClaim_MustMatch(string? department, bool isGood)
    {
        await using var host = await StartAsync(authorizer => authorizer.JwtConfiguration!.Issuers[0].AdditionalClaims.Add(
            new JwtAdditionalClaimDefinition("departments") { ExpectedValues = { "sales", "support" }, Format = "string-array" }));
        var claims = Claims();
        if (department is not null)
        {
            claims["departments"] = new JsonArray("x", department);
        }

        using var response = await SendAsync(host, "/dev/who", _issuer.Sign(claims));

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Keys_CannotBeHad_500()
    {
        _issuer.IsDown = true;
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/who", _issuer.Sign(Claims()));

        await Refusal.AssertAsync(response, HttpStatusCode.InternalServerError, "AuthorizerConfigurationException", """{"message":null}""");
    }

    [Fact]
    public async Task Policy_OfTheApi_DecidesAloneAfterTheToken()
    {
        await using var host = await StartAsync(api: static api => api.Definition.Policy =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/dev/GET/who"}]}""");

        using var without = await SendAsync(host, "/dev/scoped", null);
        using var allowed = await SendAsync(host, "/dev/who", _issuer.Sign(Claims("write")));
        using var refused = await SendAsync(host, "/dev/scoped", _issuer.Sign(Claims("write")));

        await AssertUnauthorizedAsync(without);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        await Refusal.AssertAsync(
            refused, HttpStatusCode.Forbidden, "AccessDeniedException",
            """{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:api/dev/GET/scoped"}""");
    }

    [Fact]
    public async Task Claims_InTemplates_AreJsonText()
    {
        await using var host = await StartAsync();
        var claims = Claims();
        claims["name"] = "Doe, \"Jé\"";
        claims["version"] = "42";

        using var response = await SendAsync(host, "/dev/template", _issuer.Sign(claims));

        Assert.Equal(
            """["Doe, \"J\u00E9\"","42",7,["admin","editor"],{"city":"Seattle"},]""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Claims_InEvents_HaveTheirTypes()
    {
        await using var host = await StartAsync();

        using var response = await SendAsync(host, "/dev/function", _issuer.Sign(Claims()));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(_events.TryDequeue(out var sent));
        var seen = AuthorizedApi.Parse(sent).GetProperty("requestContext").GetProperty("authorizer").GetProperty("claims").GetRawText();
        Assert.True(JsonNode.DeepEquals(Claims(), JsonNode.Parse(seen)), seen);
    }

    [Fact]
    public async Task GatewayResponses_OfUnauthorizedAndAccessDenied_AreUsed()
    {
        await using var host = await StartAsync(api: static api => api
            .GatewayResponse(Contracts.GatewayResponseType.Unauthorized, static response => response.ResponseParameters["gatewayresponse.header.WWW-Authenticate"] = "'Bearer'")
            .GatewayResponse(Contracts.GatewayResponseType.AccessDenied, static response => response.StatusCode = 404));

        using var without = await SendAsync(host, "/dev/who", null);
        using var unscoped = await SendAsync(host, "/dev/scoped", _issuer.Sign(Claims("read")));

        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.NotFound, unscoped.StatusCode);
    }

    private static Task AssertUnauthorizedAsync(HttpResponseMessage response) =>
        Refusal.AssertAsync(response, HttpStatusCode.Unauthorized, "UnauthorizedException", """{"message":"Unauthorized"}""");

    private static Task<HttpResponseMessage> SendAsync(TestHost host, string target, string? token) =>
        token is null ? host.GetAsync(target) : host.SendAsync(HttpMethod.Get, target, ("Authorization", token));

    private JsonObject Claims(string? scope = null)
    {
        var claims = _issuer.Claims(_time.GetUtcNow(), scope: scope);
        claims["roles"] = new JsonArray("admin", "editor");
        claims["address"] = new JsonObject { ["city"] = "Seattle" };
        return claims;
    }

    private Task<TestHost> StartAsync(Action<AuthorizerDefinition>? authorizer = null, Action<RestApiBuilder>? api = null, TimeSpan skew = default) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Time = _time,
            Gateway = builder =>
            {
                builder.Services.Configure<ApiGatewayOptions>(options => (options.Jwt.AllowInsecureJwks, options.Jwt.ClockSkew) = (true, skew));
                builder
                    .AddHandler("who", static http => http.Response.WriteAsync(
                        $"{http.User.Identity?.Name}|{http.User.IsInRole("admin")}|{http.User.FindFirst("level")?.Value}"))
                    .AddLambdaFunction("f", AuthorizedApi.Answering(_events, """{"statusCode":200,"body":"x"}"""))
                    .AddRestApi("api", definition => Define(definition, authorizer, api));
            },
        });

    private void Define(RestApiBuilder definition, Action<AuthorizerDefinition>? authorizer, Action<RestApiBuilder>? api)
    {
        definition
            .JwtAuthorizer("jwt", _issuer.Issuer, "client-1", "client-2")
            .Map("GET /who", static method => method.AuthorizeJwt("jwt").InProcess("who"))
            .Map("GET /scoped", static method => method.AuthorizeJwt("jwt", "admin", "write").InProcess("who"))
            .Map("GET /function", static method => method.AuthorizeJwt("jwt").LambdaProxy("f"))
            .Map("GET /template", static method => method.AuthorizeJwt("jwt").Mock(200, static integration =>
            {
                var response = new IntegrationResponseDefinition("200");
                response.ResponseTemplates["application/json"] =
                    "[$context.authorizer.claims.name,$context.authorizer.claims.version,$context.authorizer.claims.level,"
                    + "$context.authorizer.claims.roles,$context.authorizer.claims.address,$!context.authorizer.claims.address.city]";
                integration.IntegrationResponses.Add(response);
            }).Response(200))
            .Stage("dev");
        definition.Definition.Authorizers["jwt"].JwtConfiguration!.Issuers.Add(new JwtIssuerDefinition(_other.Issuer) { Audiences = { "other-app" } });
        authorizer?.Invoke(definition.Definition.Authorizers["jwt"]);
        api?.Invoke(definition);
    }
}
