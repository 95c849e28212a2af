using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>CORS of HTTP APIs, to the byte where the gateway answers.</summary>
public sealed class CorsTests
{
    private const string Shop = "https://shop.example.com";
    private const string Cors = """
        , "CorsConfiguration": { "AllowOrigins": [ "https://shop.example.com", "http://*" ], "AllowMethods": [ "GET", "PUT" ], "AllowHeaders": [ "X-A", "X-B" ],
          "ExposeHeaders": [ "X-C" ], "MaxAge": 0, "AllowCredentials": true }
        """;

    [Fact]
    public async Task Preflight_NoRouteFits_IsAnsweredToTheByte()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), Cors + """, "ResponseIds": false""");
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("OPTIONS /dev/nowhere HTTP/1.1", $"Origin: {Shop}", "Access-Control-Request-Method: DELETE");

        Assert.Equal(
            "HTTP/1.1 204 No Content\r\nConnection: close\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Allow-Headers: X-A,X-B\r\n" +
            "Access-Control-Allow-Methods: GET,PUT\r\nAccess-Control-Allow-Origin: https://shop.example.com\r\nAccess-Control-Max-Age: 0\r\nVary: Origin\r\n\r\n",
            System.Text.RegularExpressions.Regex.Replace(await connection.ReadToEndAsync(), "Date: [^\r]+\r\n", ""));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://SHOP.example.com")]
    [InlineData("https://shop.example.com:443")]
    [InlineData("http://")]
    public async Task Preflight_OfAnotherOrigin_SaysNothing(string origin)
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), Cors);

        using var response = await PreflightAsync(host, "/dev/x", origin);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Empty(CorsOf(response));
        Assert.Empty(response.Headers.Vary);
        Assert.True(response.Headers.Contains("apigw-requestid"));
    }

    [Theory]
    [InlineData("OPTIONS /x")]
    [InlineData("ANY /x")]
    [InlineData("$default")]
    public async Task Preflight_ARouteFits_IsAnsweredWithoutTheIntegration(string route)
    {
        await using var host = await StartAsync(BothKinds.Handled(route), Cors);

        using var response = await PreflightAsync(host, "/dev/x", Shop);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Shop, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task Preflight_ARouteFitsAndItsAuthorizerRefuses_IsRefused()
    {
        await using var host = await StartAsync(
            """
            "$default": { "AuthorizationType": "AWS_IAM", "Integration": { "Type": "IN_PROCESS", "Handler": "h" } },
            "OPTIONS /open/{proxy+}": { "Integration": { "Type": "IN_PROCESS", "Handler": "h" } }
            """,
            Cors);

        using var refused = await PreflightAsync(host, "/dev/x", Shop);
        using var open = await PreflightAsync(host, "/dev/open/x", Shop);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal("""{"message":"Forbidden"}""", await refused.Content.ReadAsStringAsync());
        Assert.Equal(Shop, refused.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(HttpStatusCode.NoContent, open.StatusCode);
    }

    [Theory]
    [InlineData("Origin")]
    [InlineData("Access-Control-Request-Method")]
    public async Task Options_NoPreflight_IsAnOrdinaryMethod(string header)
    {
        await using var host = await StartAsync(BothKinds.Handled("OPTIONS /x") + "," + BothKinds.Handled("GET /y"), Cors);

        using var routed = await host.SendAsync(HttpMethod.Options, "/dev/x", (header, Shop));
        using var nowhere = await host.SendAsync(HttpMethod.Options, "/dev/y", (header, Shop));

        Assert.Equal(HttpStatusCode.OK, routed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task Request_WithoutCors_LeavesHeadersToTheIntegration()
    {
        await using var host = await StartAsync(BothKinds.Handled("ANY /x"), "");

        using var request = await host.SendAsync(HttpMethod.Get, "/dev/x", ("Origin", Shop));
        using var preflight = await PreflightAsync(host, "/dev/x", Shop);

        Assert.Equal("evil", request.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(HttpStatusCode.OK, preflight.StatusCode);
    }

    [Theory]
    [InlineData("/dev/app", Shop, "https://shop.example.com")]
    [InlineData("/dev/app", null, null)]
    [InlineData("/dev/app", "https://evil.example", null)]
    [InlineData("/dev/app", "http://any.example", "http://any.example")]
    [InlineData("/dev/proxy", Shop, "https://shop.example.com")]
    [InlineData("/dev/proxy", null, null)]
    [InlineData("/dev/proxy", "https://evil.example", null)]
    public async Task Request_HeadersOfTheIntegration_AreReplaced(string path, string? origin, string? expected)
    {
        await using var backend = await TestBackend.StartAsync(AnswerAsync);
        await using var host = await StartAsync(
            BothKinds.Handled("GET /app") + $$""", "GET /proxy": { "Integration": { "Type": "HTTP_PROXY", "Uri": "{{backend.Url}}/" } } """, Cors);

        using var response = await host.SendAsync(HttpMethod.Get, path, origin is null ? [] : [("Origin", origin)]);

        Assert.Equal("answer", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            expected is null ? [] : ["Access-Control-Allow-Credentials: true", $"Access-Control-Allow-Origin: {expected}", "Access-Control-Expose-Headers: X-C"],
            CorsOf(response));
        Assert.Equal(expected is not null, response.Headers.Vary.Contains("Origin"));
    }

    [Fact]
    public async Task Request_StarWithoutCredentials_IsAnsweredWithAStar()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), """, "CorsConfiguration": { "AllowOrigins": [ "*" ] }""");

        using var request = await host.SendAsync(HttpMethod.Get, "/dev/x", ("Origin", "https://any.example"));
        using var without = await host.GetAsync("/dev/x");
        using var preflight = await PreflightAsync(host, "/dev/x", Shop);

        Assert.Equal(["Access-Control-Allow-Origin: *"], CorsOf(request));
        Assert.Empty(request.Headers.Vary);
        Assert.Empty(CorsOf(without));
        Assert.Equal(["Access-Control-Allow-Origin: *"], CorsOf(preflight));
    }

    [Fact]
    public async Task Error_OfTheGateway_HasTheHeadersToo()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), Cors);

        using var response = await host.SendAsync(HttpMethod.Put, "/dev/x", ("Origin", Shop));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(Shop, response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("X-C", response.Headers.GetValues("Access-Control-Expose-Headers").Single());
    }

    private static Task<HttpResponseMessage> PreflightAsync(TestHost host, string path, string origin) =>
        host.SendAsync(HttpMethod.Options, path, ("Origin", origin), ("Access-Control-Request-Method", "GET"));

    private static List<string> CorsOf(HttpResponseMessage response) =>
    [
        .. response.Headers.Where(static header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(static header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static header => $"{header.Key}: {string.Join(';', header.Value)}"),
    ];

    private static Task<TestHost> StartAsync(string routes, string api) =>
        BothKinds.StartAsync(BothKinds.Settings(BothKinds.Http, routes, api), static gateway => gateway.AddHandler("h", AnswerAsync));

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.AccessControlAllowOrigin = "evil";
        http.Response.Headers["Access-Control-Allow-Private-Network"] = "true";
        return http.Response.WriteAsync("answer");
    }
}
