using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Routing;

/// <summary>Which method of which resource answers. Handlers say which one it was.</summary>
public sealed class MatchingTests
{
    private const string Nothing = "403";

    [Theory]
    [InlineData("OPTIONS", "/test", "OPTIONS /{proxy+}")]
    [InlineData("POST", "/test", "POST /test")]
    [InlineData("OPTIONS", "/test/any", "ANY /test/any")]
    [InlineData("GET", "/test/any", "ANY /test/any")]
    [InlineData("GET", "/test", Nothing)]
    public Task Route_AnyOnStaticAndOptionsOnGreedy_PairsOfPathAndMethodMatch(string method, string path, string expected) =>
        AssertRouteAsync(["POST /test", "ANY /test/any", "OPTIONS /{proxy+}"], method, path, expected);

    [Theory]
    [InlineData("/part1/random-value", "GET /{param+}")]
    [InlineData("/part1", "GET /part1")]
    [InlineData("/part1/hardcoded-value", "GET /part1/hardcoded-value")]
    [InlineData("/part1/hardcoded-value/more", "GET /{param+}")]
    [InlineData("/", Nothing)]
    public Task Route_DeadEndBelowStatic_BacktracksToGreedy(string path, string expected) =>
        AssertRouteAsync(["GET /part1", "GET /part1/hardcoded-value", "GET /{param+}"], "GET", path, expected);

    [Theory]
    [InlineData("/a/b/c", "GET /a/{x}/c")]
    [InlineData("/a/b/d", "GET /{x}/b/d")]
    [InlineData("/a/b/e", "GET /{x}/{y}/{z+}")]
    [InlineData("/z/b/e", "GET /{x}/{y}/{z+}")]
    [InlineData("/z/b", Nothing)]
    public Task Route_SeveralResourcesFit_ComparesSegmentsFromTheLeft(string path, string expected) => AssertRouteAsync(
        ["GET /a/{x}/c", "GET /{x}/b/d", "GET /{x}/{y}/{z+}"], "GET", path, expected);

    [Theory]
    [InlineData("GET", "GET /x")]
    [InlineData("DELETE", "ANY /x")]
    [InlineData("HEAD", "ANY /x")]
    [InlineData("OPTIONS", "ANY /x")]
    [InlineData("PATCH", "ANY /x")]
    [InlineData("POST", "ANY /x")]
    [InlineData("PUT", "ANY /x")]
    [InlineData("TRACE", Nothing)]
    [InlineData("PURGE", Nothing)]
    public Task Route_SpecificMethodBesideAny_SpecificWinsAndAnyCoversSeven(string method, string expected) =>
        AssertRouteAsync(["GET /x", "ANY /x"], method, "/x", expected);

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("POST")]
    public Task Route_GetOnly_OtherMethodsMatchNothing(string method) => AssertRouteAsync(["GET /x"], method, "/x", Nothing);

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    public Task Route_GreedyAtRoot_DoesNotMatchRoot(string path) => AssertRouteAsync(["ANY /{proxy+}"], "GET", path, Nothing);

    [Theory]
    [InlineData("/files")]
    [InlineData("/files/")]
    public Task Route_GreedyResource_DoesNotMatchItsParent(string path) => AssertRouteAsync(["ANY /files/{proxy+}"], "GET", path, Nothing);

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("//")]
    public Task Route_RootResource_MatchesStageAlone(string path) => AssertRouteAsync(["GET /"], "GET", path, "GET /");

    [Theory]
    [InlineData("/Orders", Nothing)]
    [InlineData("/orders", "GET /orders")]
    [InlineData("/orders/", "GET /orders")]
    [InlineData("/orders///", "GET /orders")]
    [InlineData("//orders", "GET /orders")]
    [InlineData("/ord%65rs", "GET /orders")]
    [InlineData("/orders%20", Nothing)]
    [InlineData("/caf%C3%A9", "GET /caf%C3%A9")]
    [InlineData("/caf%c3%a9", "GET /caf%C3%A9")]
    [InlineData("/a%2Fb", Nothing)]
    [InlineData("/a//b", Nothing)]
    public Task Route_StaticResource_MatchesDecodedTextAndCase(string path, string expected) =>
        AssertRouteAsync(["GET /orders", "GET /caf%C3%A9", "GET /a/b"], "GET", path, expected);

    [Theory]
    [InlineData("/proxy-value", "proxy-value")]
    [InlineData("/proxy-value/", "proxy-value")]
    [InlineData("/proxy-value//double-slash", "proxy-value//double-slash")]
    [InlineData("//proxy-value", "proxy-value")]
    [InlineData("/user/test%2Balias@gmail.com/plus/test+alias@gmail.com", "user/test%2Balias@gmail.com/plus/test+alias@gmail.com")]
    public async Task Route_GreedyVariable_HoldsTextAsReceived(string path, string expected)
    {
        await using var host = await StartAsync(["GET /{proxy+}"]);

        Assert.Equal($"GET /{{proxy+}} proxy={expected}", await host.GetTextAsync("/stage" + path));
    }

    [Fact]
    public async Task Route_SlashesBeforeStage_CountAsOne()
    {
        await using var host = await StartAsync(["GET /{proxy+}", "GET /hardcoded"]);

        Assert.Equal("GET /{proxy+} proxy=proxy-value", await host.GetTextAsync("//stage/proxy-value"));
        Assert.Equal("GET /hardcoded", await host.GetTextAsync("/stage//hardcoded"));
    }

    [Theory]
    [InlineData("/orders/42/items/7", "id=42 item=7")]
    [InlineData("/orders/a%2Fb/items/%7B", "id=a%2Fb item=%7B")]
    public async Task Route_SingleVariables_HoldOneSegmentAsReceived(string path, string expected)
    {
        await using var host = await StartAsync(["GET /orders/{id}/items/{item}"]);

        Assert.Equal("GET /orders/{id}/items/{item} " + expected, await host.GetTextAsync("/stage" + path));
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("POST", "/known")]
    [InlineData("TRACE", "/known")]
    public async Task Route_NothingMatches_Answers403ToTheByte(string method, string path)
    {
        await using var host = await StartAsync(["GET /known"]);

        using var response = await host.SendAsync(new HttpMethod(method), "/stage" + path);

        await Refusal.AssertMissingTokenAsync(response);
        Assert.False(response.Headers.Contains("x-amzn-RequestId"));
        Assert.False(response.Headers.Contains("x-amz-apigw-id"));
    }

    [Fact]
    public async Task Route_HeadWithoutMatch_AnswersWithoutBody()
    {
        await using var host = await StartAsync(["GET /known"]);

        using var response = await host.SendAsync(HttpMethod.Head, "/stage/known");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
        Assert.Equal("MissingAuthenticationTokenException", response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Theory]
    [InlineData(false, "GET /x")]
    [InlineData(true, "DELETE /x")]
    public async Task Route_MethodOverrideHeader_CountsOnlyWhereHonored(bool honors, string expected)
    {
        await using var host = await StartAsync(["GET /x", "DELETE /x"], honors);

        using var response = await host.SendAsync(HttpMethod.Get, "/stage/x", ("X-HTTP-Method-Override", "DELETE"));

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Route_MethodOverrideUnknown_MatchesNothing()
    {
        await using var host = await StartAsync(["ANY /x"], honorMethodOverride: true);

        using var response = await host.SendAsync(HttpMethod.Get, "/stage/x", ("X-HTTP-Method-Override", "PURGE"));

        await Refusal.AssertMissingTokenAsync(response);
    }

    [Fact]
    public async Task Route_ManyResources_EachIsFound()
    {
        var keys = Enumerable.Range(0, 300).Select(static i => $"GET /resource{i}/{{id}}").ToArray();
        await using var host = await StartAsync(keys);

        foreach (var i in Enumerable.Range(0, 300))
        {
            Assert.Equal($"GET /resource{i}/{{id}} id={i}", await host.GetTextAsync($"/stage/resource{i}/{i}"));
        }
    }

    private static Task<TestHost> StartAsync(string[] keys, bool honorMethodOverride = false) => TestHost.StartAsync(gateway =>
    {
        gateway.AddRestApi("api", api =>
        {
            api.Definition.HonorMethodOverride = honorMethodOverride;
            api.Stage("stage");
            foreach (var key in keys)
            {
                api.Map(key, method => method.InProcess(key));
            }
        });
        foreach (var key in keys)
        {
            gateway.AddHandler(key, Tell(key));
        }
    });

    private static RequestDelegate Tell(string key) => http =>
    {
        var values = http.Features.Get<Context.IGatewayFeature>()!.PathParameters;
        var text = string.Join(' ', values.Select(static item => $"{item.Key}={item.Value}").Prepend(key));
        http.Response.Headers["X-Route"] = key;
        return http.Response.WriteAsync(text);
    };

    private static async Task AssertRouteAsync(string[] keys, string method, string path, string expected)
    {
        await using var host = await StartAsync(keys);

        using var response = await host.SendAsync(new HttpMethod(method), "/stage" + path);

        var found = response.Headers.TryGetValues("X-Route", out var route) ? route.Single() : $"{(int)response.StatusCode}";
        Assert.Equal(expected, found);
    }
}
