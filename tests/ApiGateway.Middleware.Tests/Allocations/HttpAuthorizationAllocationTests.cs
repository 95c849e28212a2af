using System.Buffers;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline.Authorization.Jwt;
using ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Allocations;

/// <summary>What it costs an HTTP API to know a caller already. The id on each answer, one string, is switched off.</summary>
[Collection(nameof(AllocationsCollection))]
public sealed class HttpAuthorizationAllocationTests
{
    [Theory]
    [InlineData("/dev/jwt", 0)]
    [InlineData("/dev/scoped", 0)]
    [InlineData("/dev/simple", 1)]
    [InlineData("/dev/policy", 1)]
    public async Task Caller_Known_AllocatesNothing(string target, int expectedCalls)
    {
        using var issuer = new Issuer();
        var (calls, time) = (0, new ManualTimeProvider());
        var app = await TestGateway.BuildAsync(gateway => AddApi(gateway, issuer, time, () => calls++), static _ => Task.CompletedTask);
        var claims = Issuer.AccessClaims(time.GetUtcNow(), "read");
        claims["aud"] = "client-1";
        var token = issuer.Rs256(claims);
        var request = Request(target, token);
        await app(request.Http);
        Assert.Equal(StatusCodes.Status200OK, request.Http.Response.StatusCode);

        var bytes = BytesOf(app, request);

        Assert.Equal(StatusCodes.Status200OK, request.Http.Response.StatusCode);
        Assert.Equal(expectedCalls, calls);
        Assert.Equal(BytesOf(app, Request("/elsewhere", token)), bytes);
    }

    private static double BytesOf(RequestDelegate app, TestRequest request) => AllocatedBytes.PerCall(() =>
    {
        request.Reset();
        Assert.True(app(request.Http).IsCompletedSuccessfully);
    });

    private static TestRequest Request(string target, string token)
    {
        var request = new TestRequest(target);
        request.Request.Headers.Authorization = "Bearer " + token;
        return request;
    }

    private static void AddApi(IApiGatewayBuilder gateway, Issuer issuer, ManualTimeProvider time, Action called)
    {
        var keys = new KeyServer();
        keys.Answer = (uri, _) => Task.FromResult(KeyServer.Document(uri.AbsolutePath.EndsWith("openid-configuration", StringComparison.Ordinal)
            ? $$"""{"issuer":"{{Issuer.Name}}","jwks_uri":"{{Issuer.Name}}/keys"}""" : issuer.Jwks()));
        gateway.Services.AddSingleton<TimeProvider>(time).AddSingleton<IJwksFetcher>(keys);
        gateway
            .AddLambdaFunction("simple", (_, answer, _, _) =>
            {
                called();
                answer.Write("""{"isAuthorized":true,"context":{"a":[1]}}"""u8);
                return ValueTask.CompletedTask;
            })
            .AddLambdaFunction("policy", (_, answer, _, _) =>
            {
                called();
                answer.Write("""{"principalId":"a","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"arn:aws:execute-api:*:*:*/dev/GET/policy"}]}}"""u8);
                return ValueTask.CompletedTask;
            })
            .AddHttpApi("api", static api =>
            {
                api.Definition.ResponseIds = false;
                foreach (var name in (string[])["simple", "policy"])
                {
                    api.Authorizer(name, authorizer =>
                    {
                        authorizer.AuthorizerUri = name;
                        authorizer.EnableSimpleResponses = name == "simple";
                        authorizer.AuthorizerResultTtlInSeconds = 300;
                        authorizer.IdentitySources.Add("$request.header.Authorization");
                    });
                }

                api.JwtAuthorizer("jwt", Issuer.Name, "client-2", "client-1")
                    .Map("GET /jwt", static route => route.AuthorizeJwt("jwt").InProcess())
                    .Map("GET /scoped", static route => route.AuthorizeJwt("jwt", "read").InProcess())
                    .Map("GET /simple", static route => route.Authorize("simple").InProcess())
                    .Map("GET /policy", static route => route.Authorize("policy").InProcess())
                    .Stage("dev");
            });
    }
}
