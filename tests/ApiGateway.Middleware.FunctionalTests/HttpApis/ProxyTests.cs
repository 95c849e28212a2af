using System.Net;
using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>HTTP backends behind HTTP APIs: section 6 of their rules, X-1 to X-10.</summary>
public sealed class ProxyTests
{
    private const string Unavailable =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 33\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Service Unavailable\"}";

    //
    [Theory]
    [InlineData("$default", "/base?own=1", "dev", "/dev/a%20b/c%2Fd/?x=1&x=2&y", "/base/a%20b/c%2Fd/?own=1&x=1&x=2&y")]
    [InlineData("$default", "", "$default", "/", "/")]
    [InlineData("GET /a/{p+}", "/base", "$default", "/a/b/c?x=1", "/base?x=1")]
    [InlineData("GET /{p}/{q}", "/base/{q}/{p}?v=${stageVariables.v}", "$default", "/a%20b/c%2Fd?x=1", "/base/c%2Fd/a%20b?v=1&x=1")]
    public async Task Target_OfTheBackend_FollowsTheRoute(string route, string path, string stage, string target, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url + path, route, stage);

        using var response = await host.GetAsync(target);

        Assert.Equal((HttpStatusCode.OK, expected), (response.StatusCode, (await backend.NextAsync()).Target));
    }

    //
    [Theory]
    [InlineData(null, "DELETE")]
    [InlineData("ANY", "DELETE")]
    [InlineData("PUT", "PUT")]
    public async Task Method_OfTheBackend_IsThatOfTheIntegration(string? method, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url, configure: integration => integration.IntegrationHttpMethod = method);

        using var response = await host.SendAsync(HttpMethod.Delete, "/");

        Assert.Equal(expected, (await backend.NextAsync()).Method);
    }

    //
    [Fact]
    public async Task Headers_OfTheClient_PassButForThoseOfItsConnection()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url);

        using var response = await host.SendAsync(
            HttpMethod.Get, "/", ("Keep-Alive", "5"), ("Proxy-Authenticate", "a"), ("Proxy-Authorization", "b"), ("TE", "trailers"), ("Trailers", "c"),
            ("X-Own", "d"), ("Authorization", "e"), ("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Port", "444"),
            ("Forwarded", "for=198.51.100.7"), ("Via", "1.0 fred"), ("X-Amzn-Trace-Id", "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"));
        var request = await backend.NextAsync();

        Assert.Null(request["Keep-Alive"] ?? request["Proxy-Authenticate"] ?? request["Proxy-Authorization"] ?? request["TE"] ?? request["Trailers"]);
        Assert.Equal(
            ("d", "e", "198.51.100.7", "https", "444"),
            (request["X-Own"], request["Authorization"], request["X-Forwarded-For"], request["X-Forwarded-Proto"], request["X-Forwarded-Port"]));
        Assert.Equal(backend.Authority, request["Host"]);
        Assert.Equal($"for=198.51.100.7,by=127.0.0.1;for=127.0.0.1;host=\"127.0.0.1:{host.Port}\";proto=http", request["Forwarded"]);
        Assert.Equal("1.0 fred, HTTP/1.1 AmazonAPIGateway", request["Via"]);
        Assert.Equal("Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6", request["X-Amzn-Trace-Id"]);
    }

    [Fact]
    public async Task Headers_OfTheGateway_AreAddedWhereTheClientHasNone()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url);

        using var response = await host.GetAsync("/");
        var request = await backend.NextAsync();

        Assert.Equal($"by=127.0.0.1;for=127.0.0.1;host=\"127.0.0.1:{host.Port}\";proto=http", request["Forwarded"]);
        Assert.Equal("HTTP/1.1 AmazonAPIGateway", request["Via"]);
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$", request["X-Amzn-Trace-Id"]);
        Assert.Null(request["X-Forwarded-For"] ?? request["X-Amzn-Apigateway-Api-Id"]);
    }

    // Settings and code send what ASP.NET Core's own middleware reads.
    [Fact]
    public async Task Headers_EmbeddedProfile_AreThoseOfPlainProxies()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url, profile: DefinitionProfile.Embedded);

        using var response = await host.GetAsync("/");
        var request = await backend.NextAsync();

        Assert.Equal(("127.0.0.1", "http"), (request["X-Forwarded-For"], request["X-Forwarded-Proto"]));
        Assert.Null(request["Forwarded"] ?? request["Via"]);
    }

    // any method, no decoding, no content type of the gateway's own.
    [Theory]
    [InlineData(DefinitionProfile.Exact)]
    [InlineData(DefinitionProfile.Embedded)]
    public async Task Bodies_BothWays_PassUnchanged(DefinitionProfile profile)
    {
        await using var backend = await TestBackend.StartAsync(static async http =>
        {
            http.Response.StatusCode = 404;
            http.Response.Headers.ContentEncoding = "gzip";
            http.Response.Headers["X-Own"] = new(["a", "b"]);
            http.Response.Headers["Keep-Alive"] = "5";
            await http.Response.Body.WriteAsync(new byte[] { 1, 2, 3 });
        });
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url, profile: profile);

        using var message = TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, "/");
        message.Content = new ByteArrayContent(Encoding.UTF8.GetBytes("body of a GET"));
        using var response = await host.Client.SendAsync(message);

        Assert.Equal("body of a GET", (await backend.NextAsync()).Text);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal([1, 2, 3], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("gzip", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Null(response.Content.Headers.ContentType);
        Assert.Equal(["a", "b"], response.Headers.GetValues("X-Own"));
        Assert.False(response.Headers.Contains("Keep-Alive"));
    }

    // X-9, and I-3.
    [Theory]
    [InlineData("http://127.0.0.1:1", DefinitionProfile.Exact)]
    [InlineData("http://127.0.0.1:1", DefinitionProfile.Embedded)]
    [InlineData("http://no-such-host.invalid", DefinitionProfile.Exact)]
    public async Task Backend_Unreachable_503(string uri, DefinitionProfile profile)
    {
        await using var host = await HttpApiSetup.StartProxyAsync(uri, profile: profile);

        Assert.Equal(Unavailable, await host.RawAsync("GET / HTTP/1.1"));
    }

    [Fact]
    public async Task Backend_BrokenAnswer_503()
    {
        await using var backend = RawBackend.Answering("no HTTP\r\n\r\n");
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url);

        Assert.Equal(Unavailable, await host.RawAsync("GET / HTTP/1.1"));
    }

    [Theory]
    [InlineData(DefinitionProfile.Exact)]
    [InlineData(DefinitionProfile.Embedded)]
    public async Task Backend_TooSlow_503(DefinitionProfile profile)
    {
        var never = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(http => never.Task.WaitAsync(http.RequestAborted));
        await using var host = await HttpApiSetup.StartProxyAsync(
            backend.Url, configure: static integration => integration.TimeoutInMillis = 50, profile: profile);

        Assert.Equal(Unavailable, await host.RawAsync("GET / HTTP/1.1"));
    }

    // G-3.
    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task Backend_FailsItself_PassesThrough(int status)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return http.Response.WriteAsync("own");
        });
        await using var host = await HttpApiSetup.StartProxyAsync(backend.Url);

        using var response = await host.GetAsync("/");

        Assert.Equal((status, "own"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    // T-7.
    [Fact]
    public async Task Address_StageVariableMissing_500()
    {
        await using var host = await HttpApiSetup.StartProxyAsync("http://127.0.0.1/${stageVariables.none}");

        Assert.EndsWith("{\"message\":\"Internal Server Error\"}", await host.RawAsync("GET / HTTP/1.1"), StringComparison.Ordinal);
    }
}
