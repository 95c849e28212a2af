using System.Net;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Which stage and which route of an HTTP API answers. Handlers say which one it was, and what it sees.</summary>
public sealed class RoutingTests
{
    private const string Nothing = "404";

    [Fact]
    public async Task Stage_NamedAndDefault_FirstSegmentSelectsAndIsCutOff()
    {
        await using var host = await StartAsync(["GET /x"], ["dev", "$default"]);

        Assert.Equal("GET /x stage=dev base=/dev path=/x", await host.GetTextAsync("/dev/x"));
        Assert.Equal("GET /x stage=$default base= path=/x", await host.GetTextAsync("/x"));
    }

    [Fact]
    public async Task Stage_NoDefault_AnswersNotFoundToTheByte()
    {
        await using var host = await StartAsync(["GET /x"], ["dev"]);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /x HTTP/1.1");

        AssertNotFound(await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Stage_NamedLikeASegmentOfTheDefaultStage_Shadows()
    {
        await using var host = await StartAsync(["GET /dev", "GET /dev/x", "GET /"], ["dev", "$default"]);

        Assert.Equal("GET / stage=dev base=/dev path=/", await host.GetTextAsync("/dev"));
        Assert.Equal("GET / stage=dev base=/dev path=/", await host.GetTextAsync("/dev/"));
        Assert.Equal("GET / stage=$default base= path=/", await host.GetTextAsync("/"));
        Assert.Equal("GET /dev stage=dev base=/dev path=/dev", await host.GetTextAsync("/dev/dev"));
        await AssertStatusAsync(host, "/Dev");
    }

    [Theory]
    [InlineData("GET", "/pets/dog/1", "GET /pets/dog/1")]
    [InlineData("GET", "/pets/dog/2", "GET /pets/dog/{id}")]
    [InlineData("GET", "/pets/cat/1", "GET /pets/{proxy+}")]
    [InlineData("POST", "/test/5", "ANY /{proxy+}")]
    [InlineData("POST", "/pets/dog/1", "ANY /{proxy+}")]
    [InlineData("GET", "/", "ANY /{proxy+}")]
    [InlineData("PROPFIND", "/a", "ANY /{proxy+}")]
    public async Task Route_WorkedTable_IsThatOfTheService(string method, string path, string expected)
    {
        await using var host = await StartAsync(["GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"]);

        using var response = await host.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, response.Headers.GetValues("X-Route").Single());
    }

    [Theory]
    [InlineData("GET", "/pets", Nothing)]
    [InlineData("GET", "/pets/", "GET /pets/{proxy+}")]
    [InlineData("HEAD", "/pets/1", Nothing)]
    [InlineData("GET", "/Pets/1", Nothing)]
    [InlineData("GET", "/hello", "GET /hello")]
    [InlineData("GET", "/hello/", Nothing)]
    [InlineData("GET", "/a//b", Nothing)]
    [InlineData("GET", "/caf%C3%A9", "GET /caf%C3%A9")]
    [InlineData("GET", "/%68ello", "GET /hello")]
    [InlineData("GET", "/a%2Fb/c", "GET /{x}/c")]
    public async Task Route_EdgesOfPaths_AreKept(string method, string path, string expected)
    {
        await using var host = await StartAsync(["GET /pets/{proxy+}", "GET /hello", "GET /caf%C3%A9", "GET /{x}/c"]);

        using var response = await host.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, response.Headers.TryGetValues("X-Route", out var route) ? route.Single() : $"{(int)response.StatusCode}");
    }

    [Theory]
    [InlineData("/pets/dog", "GET", "ANY /pets/dog")]
    [InlineData("/pets/cat", "GET", "GET /pets/{id}")]
    [InlineData("/pets/cat", "POST", "POST /pets/{name}")]
    [InlineData("/pets/cat", "PUT", "$default")]
    public async Task Route_PathAndMethodCompete_PathDecidesFirst(string path, string method, string expected)
    {
        await using var host = await StartAsync(["ANY /pets/dog", "GET /pets/{id}", "POST /pets/{name}", "$default"]);

        using var response = await host.SendAsync(new HttpMethod(method), path);

        Assert.Equal(expected, response.Headers.GetValues("X-Route").Single());
    }

    [Theory]
    [InlineData("GET /{p}/{q}", "/a%20b/c%2Fd", "p=a b q=c/d")]
    [InlineData("GET /m/{proxy+}", "/m/a%20b/c/", "proxy=a b/c")]
    [InlineData("GET /m/{proxy+}", "/m/", "proxy=")]
    [InlineData("GET /{all+}", "/", "all=")]
    [InlineData("GET /m/{proxy+}", "/m/a//b", "proxy=a//b")]
    [InlineData("GET /{p}", "/a+b", "p=a+b")]
    [InlineData("$default", "/a/b", "")]
    public async Task PathParameters_Each_AreDecoded(string route, string path, string expected)
    {
        await using var host = await StartAsync([route]);

        using var response = await host.GetAsync(path);

        Assert.Equal(expected, string.Join(' ', response.Headers.GetValues("X-Variables")));
    }

    [Fact]
    public async Task Route_NoneFits_AnswersNotFoundToTheByte()
    {
        await using var host = await StartAsync(["GET /x"]);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /x HTTP/1.1");

        AssertNotFound(await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Ids_Request_HasOneInHeaderAndContext()
    {
        await using var host = await StartAsync(["GET /x"]);

        using var response = await host.GetAsync("/x");

        var id = response.Headers.GetValues("apigw-requestid").Single();
        Assert.Matches("^[A-Za-z0-9_-]{15}=$", id);
        Assert.Equal(id, response.Headers.GetValues("X-Id").Single());
        Assert.DoesNotContain(response.Headers, static header => header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Shared_RootOfEveryHost_LeavesWhatNoRouteTakesToTheApplication()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddHandler("h", static http => http.Response.WriteAsync("gateway"))
            .AddHttpApi("api", static api => api.Map("GET /x", static route => route.InProcess("h")).Stage("$default").Stage("dev")));

        using var left = await host.GetAsync("/health");

        Assert.Equal("gateway", await host.GetTextAsync("/x"));
        Assert.Equal(TestHost.Outside, await left.Content.ReadAsStringAsync());
        Assert.False(left.Headers.Contains("apigw-requestid"));
        Assert.Equal("""{"message":"Not Found"}""", await host.GetTextAsync("/dev/health"));
    }

    [Fact]
    public async Task Shared_NeitherARouteNorTheApplicationTakesIt_IsTheServicesNotFoundToTheByte()
    {
        await using var host = await StartBesideEndpointsAsync();
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /nothing HTTP/1.1");

        AssertNotFound(await connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Shared_EndpointAnswersNotFoundItself_StaysAsItIs()
    {
        await using var host = await StartBesideEndpointsAsync();

        using var own = await host.GetAsync("/own");

        Assert.Equal((404, ""), ((int)own.StatusCode, await own.Content.ReadAsStringAsync()));
        Assert.False(own.Headers.Contains("apigw-requestid"));
        Assert.Equal("healthy", await host.GetTextAsync("/health"));
    }

    [Fact]
    public async Task Shared_BesideARestApi_EachHasItsStages()
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddHandler("h", static http => http.Response.WriteAsync(http.Features.GetRequiredFeature<IGatewayFeature>().ApiId))
            .AddHttpApi("new", static api => api.Map("GET /x", static route => route.InProcess("h")).Stage("$default"))
            .AddRestApi("old", static api => api.Map("GET /x", static method => method.InProcess("h")).Stage("prod")));

        Assert.Equal("new", await host.GetTextAsync("/x"));
        Assert.Equal("old", await host.GetTextAsync("/prod/x"));
        Assert.Equal("""{"message":"Missing Authentication Token"}""", await host.GetTextAsync("/prod/y"));
        Assert.Equal(TestHost.Outside, await host.GetTextAsync("/y"));
    }

    [Theory]
    [InlineData("/shop/x", "h")]
    [InlineData("/shop/y", """
        {"message":"Not Found"}
        """)]
    [InlineData("/shopping", TestHost.Outside)]
    public async Task BasePath_OfTheDefaultStage_IsTheApisOwn(string path, string expected)
    {
        await using var host = await TestHost.StartAsync(static gateway => gateway
            .AddHandler("h", static http => http.Response.WriteAsync("h"))
            .AddHttpApi("api", static api => api.Map("GET /x", static route => route.InProcess("h")).Stage("$default").BasePath("/shop")));

        Assert.Equal(expected, await host.GetTextAsync(path));
    }

    private static Task<TestHost> StartBesideEndpointsAsync() => TestHost.StartAsync(new TestHostSetup
    {
        AddsTerminal = false,
        Gateway = static gateway => gateway
            .AddHandler("h", static http => http.Response.WriteAsync("gateway"))
            .AddHttpApi("api", static api => api.Map("GET /x", static route => route.InProcess("h")).Stage("$default")),
        App = static app =>
        {
            app.UseApiGateway();
            app.MapGet("/own", static () => Results.NotFound());
            app.MapGet("/health", static () => "healthy");
        },
    });

    private static void AssertNotFound(string answer) => Assert.Equal(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 23\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n{\"message\":\"Not Found\"}",
        Regex.Replace(Regex.Replace(answer, "Date: [^\r]+\r\n", ""), "apigw-requestid: [A-Za-z0-9_-]{15}=", "apigw-requestid: *"));

    private static async Task AssertStatusAsync(TestHost host, string path)
    {
        using var response = await host.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static Task<TestHost> StartAsync(string[] routes, string[]? stages = null) => TestHost.StartAsync(gateway =>
    {
        gateway.AddHandler("h", static http =>
        {
            var feature = http.Features.GetRequiredFeature<IGatewayFeature>();
            http.Response.Headers["X-Route"] = feature.RouteKey;
            http.Response.Headers["X-Id"] = feature.RequestId;
            http.Response.Headers["X-Variables"] = string.Join(' ', feature.PathParameters.Select(static item => $"{item.Key}={item.Value}"));
            return http.Response.WriteAsync($"{feature.RouteKey} stage={feature.Stage} base={http.Request.PathBase} path={http.Request.Path}");
        });
        gateway.AddHttpApi("api", api =>
        {
            api.Host("localhost").Host("127.0.0.1");
            foreach (var route in routes)
            {
                api.Map(route, static route => route.InProcess("h"));
            }

            foreach (var stage in stages ?? ["$default"])
            {
                api.Stage(stage);
            }
        });
    });
}
