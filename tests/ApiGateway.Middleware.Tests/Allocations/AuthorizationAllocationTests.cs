using System.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>What it costs to know a caller already.</summary>
[Collection(nameof(AllocationsCollection))]
public sealed class AuthorizationAllocationTests
{
    private const string Policy =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*","Condition":{"IpAddress":{"aws:SourceIp":"127.0.0.0/8"},"StringLike":{"aws:UserAgent":"*"}}}]}""";

    [Theory]
    [InlineData("/dev/token", StatusCodes.Status200OK)]
    [InlineData("/dev/request?q=a%20b&q=2", StatusCodes.Status200OK)]
    [InlineData("/dev/handler", StatusCodes.Status200OK)]
    [InlineData("/dev/open", StatusCodes.Status200OK)]
    public async Task Decision_Remembered_AllocatesNothing(string target, int status)
    {
        var calls = 0;
        var app = await TestGateway.BuildAsync(gateway => AddApi(gateway, () => calls++), static _ => Task.CompletedTask);
        var request = Request(target);
        await app(request.Http);
        Assert.Equal(status, request.Http.Response.StatusCode);

        var bytes = BytesOf(app, request);

        Assert.Equal(status, request.Http.Response.StatusCode);
        Assert.Equal(target == "/dev/open" ? 0 : 1, calls);
        Assert.Equal(BytesOf(app, Request("/elsewhere")), bytes);
    }

    [Theory]
    [InlineData("/dev/token")]
    [InlineData("/dev/jwt")]
    public async Task Token_Known_AllocatesNothing(string target)
    {
        using var issuer = new Issuer();
        var keys = new KeyServer();
        keys.Answer = (uri, _) => Task.FromResult(KeyServer.Document(uri.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
            ? $$"""{"issuer":"{{Issuer.Name}}","jwks_uri":"{{Issuer.Name}}/keys"}""" : issuer.Jwks()));
        var time = new ManualTimeProvider();
        var claims = Issuer.AccessClaims(time.GetUtcNow(), "api/read");
        claims["aud"] = "client-1";
        var token = issuer.Rs256(claims);
        var app = await TestGateway.BuildAsync(
            gateway =>
            {
                gateway.Services.AddSingleton<TimeProvider>(time).AddSingleton<IJwksFetcher>(keys);
                gateway.AddRestApi("api", static api => api
                    .UserPoolAuthorizer("pool", Issuer.Pool)
                    .JwtAuthorizer("jwt", Issuer.Name, "client-2", "client-1")
                    .Map("GET /token", static method => method.AuthorizeUserPool("pool", "api/read").Mock())
                    .Map("GET /jwt", static method => method.AuthorizeJwt("jwt", "api/read").Mock())
                    .Stage("dev").Definition.Policy = Policy);
            },
            static _ => Task.CompletedTask);
        var request = Request(target);
        request.Request.Headers.Authorization = "Bearer " + token;
        await app(request.Http);
        Assert.Equal(StatusCodes.Status200OK, request.Http.Response.StatusCode);

        var bytes = BytesOf(app, request);

        Assert.Equal(StatusCodes.Status200OK, request.Http.Response.StatusCode);
        Assert.Equal(target == "/dev/jwt" ? 2 : 1, keys.Fetches);
        Assert.Equal(BytesOf(app, Request("/elsewhere")), bytes);
    }

    private static double BytesOf(RequestDelegate app, TestRequest request) => AllocatedBytes.PerCall(() =>
    {
        request.Reset();
        Assert.True(app(request.Http).IsCompletedSuccessfully);
    });

    private static TestRequest Request(string target)
    {
        var request = new TestRequest(target);
        request.Request.Headers.Authorization = "Bearer token";
        request.Request.Headers.UserAgent = "agent";
        return request;
    }

    private static void AddApi(IApiGatewayBuilder gateway, Action called) => gateway
        .AddLambdaFunction("auth", (_, answer, _, _) =>
        {
            called();
            answer.Write("""{"principalId":"a","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:*/dev/GET/*"}]},"context":{"k":"v"}}"""u8);
            return ValueTask.CompletedTask;
        })
        .AddAuthorizer("mine", (_, _) =>
        {
            called();
            return new(AuthorizationResult.Allow("a"));
        })
        .AddRestApi("api", static api => api
            .Authorizer("token", static authorizer =>
            {
                authorizer.AuthorizerUri = "auth";
                authorizer.IdentityValidationExpression = "Bearer [a-z]+";
            })
            .Authorizer("request", static authorizer =>
            {
                authorizer.Type = "REQUEST";
                authorizer.AuthorizerUri = "auth";
                authorizer.IdentitySource = "method.request.header.Authorization,method.request.querystring.q";
            })
            .AuthorizerHandler("handler", "mine", static authorizer =>
            {
                authorizer.IdentitySource = "method.request.header.Authorization";
                authorizer.AuthorizerResultTtlInSeconds = 60;
            })
            .Map("GET /token", static method => method.Authorize("token").Mock())
            .Map("GET /request", static method => method.Authorize("request").Mock())
            .Map("GET /handler", static method => method.Authorize("handler").Mock())
            .Map("GET /open", static method => method.Mock())
            .Stage("dev").Definition.Policy = Policy);
}
