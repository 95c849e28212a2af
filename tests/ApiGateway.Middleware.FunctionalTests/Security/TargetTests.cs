using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Security;

/// <summary>Targets that mean another thing to the next reader, and requests that try to choose the backend.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("/dev/files/../secret")]
    [InlineData("/dev/files/./x")]
    [InlineData("/dev/files/..")]
    [InlineData("/dev/files/.")]
    [InlineData("/dev/files/%2e%2e/secret")]
    [InlineData("/dev/files/%2E%2e%2Fsecret")]
    [InlineData("/dev/files/.%2e/secret")]
    [InlineData("/dev/files/a%2f..%2fb")]
    [InlineData("/dev/files/..;/secret")]
    [InlineData("/dev/files/..;x=1/secret")]
    [InlineData("/dev/files/.;/secret")]
    [InlineData("/dev/files/%2e%2e;/secret")]
    [InlineData("/dev/files/..%3Bx/secret")]
    [InlineData("/dev/files/..\\secret")]
    [InlineData("/dev/files/..%5Csecret")]
    [InlineData("/dev/files/a%00b")]
    [InlineData("/dev/files/a%0d%0ab")]
    [InlineData("/dev/files/a%7Fb")]
    [InlineData("/dev/files/%C0%AE%C0%AE/x")]
    [InlineData("/dev/files/%E0%80%AF")]
    [InlineData("/dev/files/%ED%A0%80")]
    [InlineData("/dev/files/%FF")]
    [InlineData("/dev/files/%")]
    [InlineData("/dev/files/%4")]
    [InlineData("/dev/files/%zz")]
    [InlineData("/dev/files/a?b=|")]
    [InlineData("/dev/files/a?b={c}")]
    public async Task Target_ThatMayMeanAnother_IsRefusedAndReachesNobody(string target)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url + "/public/{proxy}");
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync($"GET {target} HTTP/1.1");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(0, backend.Count);
    }

    [Theory]
    [InlineData("/dev/files/...", "/public/...")]
    [InlineData("/dev/files/..a/b", "/public/..a/b")]
    [InlineData("/dev/files/.hidden", "/public/.hidden")]
    [InlineData("/dev/files/a;b=c", "/public/a;b=c")]
    [InlineData("/dev/files/a%2Fb", "/public/a%2Fb")]
    [InlineData("/dev/files/%252e%252e/x", "/public/%252e%252e/x")]
    public async Task Target_ThatOnlyLooksAlike_Passes(string target, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url + "/public/{proxy}");

        using var response = await host.GetAsync(target);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, (await backend.NextAsync()).Target);
    }

    [Theory]
    [InlineData("GET /dev/files/@evil.example/x HTTP/1.1", "/@evil.example/x")]
    [InlineData("GET /dev/files///evil.example/x HTTP/1.1", "///evil.example/x")]
    [InlineData("GET /dev/files/http://evil.example/x HTTP/1.1", "/http://evil.example/x")]
    [InlineData("GET /dev/files/:99/x?url=http://evil.example HTTP/1.1", "/:99/x?url=http://evil.example")]
    public async Task Authority_NeverComesFromTheRequest(string requestLine, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url + "/{proxy}");
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync(requestLine, "X-Forwarded-Host: evil.example", "X-Host: evil.example", "Forwarded: host=evil.example");
        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        var received = await backend.NextAsync();
        Assert.Equal(new Uri(backend.Url).Authority, received["Host"]);
        Assert.Equal(expected, received.Target);
    }

    [Fact]
    public async Task Redirect_OfTheBackend_IsNotFollowed()
    {
        await using var internalService = await TestBackend.StartAsync();
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.Redirect(internalService.Url);
            return Task.CompletedTask;
        });
        await using var host = await StartAsync(backend.Url + "/{proxy}");

        using var response = await host.GetAsync("/dev/files/x");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(0, internalService.Count);
    }

    [Theory]
    [InlineData(10_240, 200)]
    [InlineData(10_241, 414)]
    public async Task Target_Length_HasALimit(int length, int status)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url + "/{proxy}");

        using var response = await host.GetAsync("/dev/files/".PadRight(length, 'a'));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(10_000, 200)]
    [InlineData(10_241, 431)]
    public async Task Headers_TotalOfValues_HasALimit(int length, int status)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url + "/{proxy}");

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/files/a", ("X-Long", new string('a', length)));

        Assert.Equal(status, (int)response.StatusCode);
    }

    private static Task<TestHost> StartAsync(string uri) => TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
        .Map("GET /files/{proxy+}", method => method.HttpProxy(uri)).Stage("dev")));
}
