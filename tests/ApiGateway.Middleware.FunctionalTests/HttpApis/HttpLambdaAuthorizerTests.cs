using System.Collections.Concurrent;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Authorization;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Routes of HTTP APIs that ask a function for leave, to the byte.</summary>
public sealed class HttpLambdaAuthorizerTests
{
    private const string Yes = """{"isAuthorized":true,"context":{"n":7,"t":true,"s":"x","list":[1,{"a":null}]}}""";

    private static readonly string Unauthorized = RawAnswer.Refusal("401 Unauthorized", "Unauthorized");
    private static readonly string Forbidden = RawAnswer.Refusal("403 Forbidden", "Forbidden");

    private readonly ConcurrentQueue<string> _asked = [];
    private readonly ConcurrentQueue<string> _events = [];
    private readonly ManualTimeProvider _time = new();

    private static string Failure =>
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 35\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: id\r\n\r\n{\"message\":\"Internal Server Error\"}";

    [Theory]
    [InlineData("GET /a?q=1")]
    [InlineData("GET /a", "X-Key: k")]
    [InlineData("GET /a?q=", "X-Key: k")]
    [InlineData("GET /a?q=1", "X-Key:")]
    public async Task Identity_AnySourceMissing_Is401WithoutACall(string requestLine, params string[] headers)
    {
        await using var host = await StartAsync(Yes, static authorizer => authorizer.IdentitySources.Add("$request.querystring.q"));

        Assert.Equal(Unauthorized, await RawAnswer.OfAsync(host, requestLine, headers));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Simple_Allowed_BackendGetsTheContextWithItsTypes()
    {
        await using var host = await StartAsync(Yes);

        using var response = await AskAsync(host, "/function");
        using var older = await AskAsync(host, "/function1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (response.StatusCode, older.StatusCode));
        Assert.Equal(
            ["""{"lambda":{"n":7,"t":true,"s":"x","list":[1,{"a":null}]}}""", """{"n":7,"t":true,"s":"x","list":[1,{"a":null}]}"""],
            _events.Select(static text => AuthorizedApi.Parse(text).GetProperty("requestContext").GetProperty("authorizer").GetRawText()));
    }

    [Theory]
    [InlineData("""{"isAuthorized":true}""")]
    [InlineData("""{"isAuthorized":true,"context":null}""")]
    public async Task Simple_WithoutContext_EventSaysNull(string answer)
    {
        await using var host = await StartAsync(answer);

        using var response = await AskAsync(host, "/function");

        Assert.Equal(
            """{"lambda":null}""", AuthorizedApi.Parse(Assert.Single(_events)).GetProperty("requestContext").GetProperty("authorizer").GetRawText());
    }

    [Fact]
    public async Task Simple_Denied_Is403()
    {
        await using var host = await StartAsync("""{"isAuthorized":false}""");

        Assert.Equal(Forbidden, await RawAnswer.OfAsync(host, "GET /a", "X-Key: k"));
    }

    [Theory]
    [InlineData("""{"isAuthorized":"false"}""")]
    [InlineData("""{"isAuthorized":"true"}""")]
    [InlineData("""{}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("""{"principalId":"alice","policyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}}""")]
    public async Task Simple_Malformed_Is500AndNotRemembered(string answer)
    {
        await using var host = await StartAsync(answer, static authorizer => authorizer.AuthorizerResultTtlInSeconds = 60);

        Assert.Equal(Failure, await RawAnswer.OfAsync(host, "GET /a", "X-Key: k"));
        Assert.Equal(Failure, await RawAnswer.OfAsync(host, "GET /a", "X-Key: k"));
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Policy_WithoutSimpleResponses_SimpleAnswerIs500()
    {
        await using var host = await StartAsync(Yes, static authorizer => authorizer.EnableSimpleResponses = false);

        Assert.Equal(Failure, await RawAnswer.OfAsync(host, "GET /a", "X-Key: k"));
    }

    [Theory]
    [InlineData("boom", false)]
    [InlineData("Unauthorized", true)]
    [InlineData("unauthorized", false)]
    public async Task Function_Throws_Is500ButForOneWord(string message, bool isUnauthorized)
    {
        await using var host = await StartAsync((_, _, _, _) => throw new InvalidOperationException(message));

        Assert.Equal(isUnauthorized ? Unauthorized : Failure, await RawAnswer.OfAsync(host, "GET /a", "X-Key: k"));
    }

    [Fact]
    public async Task Function_TakesTenSeconds_Is500()
    {
        var never = new TaskCompletionSource();
        await using var host = await StartAsync(async (_, _, _, _) => await never.Task);

        var pending = RawAnswer.OfAsync(host, "GET /a", "X-Key: k");
        await _time.UntilArmedAsync(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Failure, await pending);
        never.SetResult();
    }

    [Fact]
    public async Task Results_ByDefault_AreNotRemembered()
    {
        await using var host = await StartAsync(Yes);

        await AskAsync(host, "/a");
        await AskAsync(host, "/a");

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Results_InsideTheirTime_ServeEveryRouteOfTheAuthorizer()
    {
        await using var host = await StartAsync(Yes, static authorizer => authorizer.AuthorizerResultTtlInSeconds = 60);

        await AskAsync(host, "/a");
        _time.Advance(TimeSpan.FromSeconds(59));
        await AskAsync(host, "/function");
        Assert.Single(_asked);
        await AskAsync(host, "/a", "other");
        Assert.Equal(2, _asked.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(host, "/a");

        Assert.Equal(3, _asked.Count);
    }

    [Fact]
    public async Task Results_RouteKeyAmongTheSources_AreForEachRoute()
    {
        await using var host = await StartAsync(Yes, static authorizer =>
        {
            authorizer.AuthorizerResultTtlInSeconds = 60;
            authorizer.IdentitySources.Add("$context.routeKey");
        });

        await AskAsync(host, "/a");
        await AskAsync(host, "/function");
        await AskAsync(host, "/a");

        Assert.Equal(
            ["GET /a", "GET /function"],
            _asked.Select(static text => AuthorizedApi.Parse(text).GetProperty("identitySource")[1].GetString()));
    }

    [Fact]
    public async Task Results_Denial_IsRemembered()
    {
        await using var host = await StartAsync("""{"isAuthorized":false}""", static authorizer => authorizer.AuthorizerResultTtlInSeconds = 60);

        await AskAsync(host, "/a");
        Assert.Equal(Forbidden, await RawAnswer.OfAsync(host, "GET /function", "X-Key: k"));

        Assert.Single(_asked);
    }

    [Fact]
    public async Task Results_Flushed_AreAskedForAgain()
    {
        await using var host = await StartAsync(Yes, static authorizer => authorizer.AuthorizerResultTtlInSeconds = 60);

        await AskAsync(host, "/a");
        host.Services.GetRequiredService<IAuthorizerResults>().Flush("api", "$default");
        await AskAsync(host, "/a");

        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task Policy_ForOneRoute_OpensNoOther()
    {
        await using var host = await StartAsync(
            AuthorizedApi.Allow("arn:aws:execute-api:us-east-1:123456789012:api/$default/GET/a"),
            static authorizer =>
            {
                authorizer.EnableSimpleResponses = false;
                authorizer.AuthorizerResultTtlInSeconds = 60;
            });

        using var own = await AskAsync(host, "/a");
        var other = await RawAnswer.OfAsync(host, "GET /function", "X-Key: k");
        using var again = await AskAsync(host, "/a");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (own.StatusCode, again.StatusCode));
        Assert.Equal(Forbidden, other);
        Assert.Single(_asked);
    }

    [Theory]
    [InlineData("2.0", "routeArn")]
    [InlineData("1.0", "methodArn")]
    public async Task Event_Always_HasTheArnOfTheConcretePath(string format, string member)
    {
        await using var host = await StartAsync(AuthorizedApi.Allow(), authorizer =>
        {
            authorizer.EnableSimpleResponses = false;
            authorizer.AuthorizerPayloadFormatVersion = format;
        });

        using var response = await host.SendAsync(HttpMethod.Put, "/dev/items/a%20b/?x=1", ("X-Key", "k"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = AuthorizedApi.Parse(Assert.Single(_asked));
        Assert.Equal(("REQUEST", format), (json.GetProperty("type").GetString(), json.GetProperty("version").GetString()));
        Assert.Equal("arn:aws:execute-api:us-east-1:123456789012:api/dev/PUT/items/a b", json.GetProperty(member).GetString());
        Assert.False(json.TryGetProperty("body", out _));
        Assert.False(json.GetProperty("requestContext").TryGetProperty("authorizer", out _));
        Assert.Equal("ANY /items/{proxy+}", format == "2.0" ? json.GetProperty("routeKey").GetString() : json.GetProperty("requestContext").GetProperty("resourceId").GetString());
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("2.0")]
    public async Task Event_MethodBeyondTheCommonOnes_IsTold(string format)
    {
        await using var host = await StartAsync(AuthorizedApi.Allow(), authorizer =>
        {
            authorizer.EnableSimpleResponses = false;
            authorizer.AuthorizerPayloadFormatVersion = format;
        });

        using var response = await host.SendAsync(new HttpMethod("PURGE"), "/items/a", ("X-Key", "k"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var json = AuthorizedApi.Parse(Assert.Single(_asked));
        var requestContext = json.GetProperty("requestContext");
        Assert.Equal(
            "PURGE", (format == "1.0" ? requestContext.GetProperty("httpMethod") : requestContext.GetProperty("http").GetProperty("method")).GetString());
        Assert.EndsWith("/PURGE/items/a", json.GetProperty(format == "1.0" ? "methodArn" : "routeArn").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Format1_ContextCalledClaims_Is500()
    {
        await using var host = await StartAsync(AuthorizedApi.Allow(members: ""","context":{"claims":1}"""), static authorizer =>
        {
            authorizer.EnableSimpleResponses = false;
            authorizer.AuthorizerPayloadFormatVersion = "1.0";
        });

        Assert.Equal(Failure, await RawAnswer.OfAsync(host, "GET /a", "X-Key: k"));
    }

    [Fact]
    public async Task Arn_TooLong_Is414()
    {
        await using var host = await StartAsync(Yes);

        Assert.StartsWith("HTTP/1.1 414 ", await RawAnswer.OfAsync(host, $"GET /items/{new string('a', 1600)}", "X-Key: k"), StringComparison.Ordinal);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Handler_OfTheApplication_DecidesAsAFunctionDoes()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = gateway => gateway
                .AddAuthorizer("auth", static (request, _) => ValueTask.FromResult(
                    request.Token == "k" ? AuthorizationResult.Allow("alice") with { Context = new Dictionary<string, string> { ["n"] = "7" } } : AuthorizationResult.Deny()))
                .AddLambdaFunction("f", AuthorizedApi.Answering(_events, "\"ok\""))
                .AddHttpApi("api", static api => api
                    .Authorizer("auth", static authorizer =>
                    {
                        authorizer.Handler = "auth";
                        authorizer.IdentitySources.Add("$request.header.X-Key");
                    })
                    .Map("GET /f", static route => route.Authorize("auth").LambdaProxy("f"))
                    .Stage("$default")),
        });

        using var allowed = await AskAsync(host, "/f");

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal(
            """{"lambda":{"n":"7"}}""", AuthorizedApi.Parse(Assert.Single(_events)).GetProperty("requestContext").GetProperty("authorizer").GetRawText());
        Assert.Equal(Forbidden, await RawAnswer.OfAsync(host, "GET /f", "X-Key: x"));
        Assert.Equal(Unauthorized, await RawAnswer.OfAsync(host, "GET /f"));
    }

    private static Task<HttpResponseMessage> AskAsync(TestHost host, string path, string key = "k") => host.SendAsync(HttpMethod.Get, path, ("X-Key", key));

    private Task<TestHost> StartAsync(string answer, Action<AuthorizerDefinition>? authorizer = null) =>
        StartAsync(AuthorizedApi.Answering(_asked, answer), authorizer);

    private Task<TestHost> StartAsync(LambdaFunction function, Action<AuthorizerDefinition>? authorizer = null) => TestHost.StartAsync(new TestHostSetup
    {
        Time = _time,
        Gateway = gateway => gateway
            .AddLambdaFunction("auth", function)
            .AddLambdaFunction("f", AuthorizedApi.Answering(_events, "\"ok\""))
            .AddLambdaFunction("g", AuthorizedApi.Answering(_events, """{"statusCode":200}"""))
            .AddHandler("ok", static http => http.Response.WriteAsync("ok"))
            .AddHttpApi("api", api => api
                .Authorizer("auth", definition =>
                {
                    definition.AuthorizerUri = AuthorizedApi.Uri;
                    definition.AuthorizerPayloadFormatVersion = "2.0";
                    definition.EnableSimpleResponses = true;
                    definition.IdentitySources.Add("$request.header.X-Key");
                    authorizer?.Invoke(definition);
                })
                .Map("GET /a", static route => route.Authorize("auth").InProcess("ok"))
                .Map("GET /function", static route => route.Authorize("auth").LambdaProxy("f"))
                .Map("GET /function1", static route => route.Authorize("auth").LambdaProxy("g", static i => i.PayloadFormatVersion = "1.0"))
                .Map("ANY /items/{proxy+}", static route => route.Authorize("auth").InProcess("ok"))
                .Stage("$default")
                .Stage("dev")),
    });
}
