using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>HTTP_PROXY and IN_PROCESS: the client's request, with mapped parameters in and over it.</summary>
public sealed class ProxyMappingTests
{
    [Fact]
    public async Task HttpProxy_QueryAndPath_ComeInTheOrderThatWasRecorded()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.ExactAsync(
            IntegrationKind.HttpProxy, backend.Url + "/?testVar={pathVar}&testQs={qsVar}", static method => method.Integration!
                .Map("path.pathVar", "method.request.path.id")
                .Map("path.qsVar", "method.request.querystring.testVar")
                .Map("querystring.queryString", "method.request.querystring.testQueryString")
                .Map("querystring.testQs", "method.request.querystring.testQueryString"));

        using var response = await host.GetAsync("/dev/x/foobar?testQueryString=foo&testVar=bar");

        Assert.Equal(
            "/?testVar=foobar&testQs=bar&testQueryString=foo&testVar=bar&queryString=foo&testQs=foo", (await backend.NextAsync()).Target);
    }

    [Fact]
    public async Task HttpProxy_MappedHeader_TakesThePlaceOfTheClients()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.ExactAsync(IntegrationKind.HttpProxy, backend.Url, static method =>
        {
            method.Integration!.Map("header.X-One", "'mapped'").Map("header.X-Two", "method.request.header.none");
            method.Integration!.Map("header.Content-Type", "'text/mapped'");
            method.Integration!.Template("ignored");
        });

        using var response = await host.PostAsync("/dev/x/1", "body", "text/plain", ("X-One", "client"), ("X-Two", "client"), ("X-Three", "client"));

        var received = await backend.NextAsync();
        Assert.Equal(("mapped", "client", "client"), (received["X-One"], received["X-Two"], received["X-Three"]));
        Assert.Equal(("text/mapped", "body"), (received["Content-Type"], received.Text));
        Assert.Equal("backend", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task HttpProxy_ExactDefinition_ImpliesNoPathMapping()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.ExactAsync(IntegrationKind.HttpProxy, backend.Url + "/{id}", static _ => { });

        using var response = await host.GetAsync("/dev/x/1");

        Assert.Equal("/{id}", (await backend.NextAsync()).Target);
        Assert.Contains(host.Logs.Warnings, static entry => entry.Message.Contains("integration.request.path.id", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HttpProxy_EmbeddedDefinition_MappingWinsOverTheImpliedOne()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.EmbeddedAsync(
            IntegrationKind.HttpProxy, backend.Url + "/{id}", static method => method.Integration!.Map("path.id", "method.request.querystring.q"));

        using var mapped = await host.GetAsync("/dev/x/1?q=2");
        using var implied = await host.GetAsync("/dev/x/1");

        Assert.Equal("/2?q=2", (await backend.NextAsync()).Target);
        Assert.Equal("/1", (await backend.NextAsync()).Target);
    }

    [Fact]
    public async Task HttpProxy_HeaderValueWithLineBreaks_StaysOneHeader()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.ExactAsync(
            IntegrationKind.HttpProxy, backend.Url, static method => method.Integration!.Map("header.X-One", "method.request.querystring.q"));

        using var response = await host.GetAsync("/dev/x/1?q=a%0D%0AX-Two:%20b");

        var received = await backend.NextAsync();
        Assert.Equal("a  X-Two: b", received["X-One"]);
        Assert.Null(received["X-Two"]);
    }

    [Theory]
    [InlineData("evil.example.com/path")]
    [InlineData("user@evil.example.com")]
    [InlineData("a b")]
    public async Task HttpProxy_MappedHostThatIsNoHost_IsDropped(string value)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.ExactAsync(
            IntegrationKind.HttpProxy, backend.Url, static method => method.Integration!.Map("header.Host", "method.request.querystring.q"));

        using var response = await host.GetAsync("/dev/x/1?q=" + Uri.EscapeDataString(value));

        Assert.Equal(backend.Authority, (await backend.NextAsync())["Host"]);
    }

    [Fact]
    public async Task HttpProxy_BodyOnlyPassing_StillStreams()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await MappedApi.EmbeddedAsync(
            IntegrationKind.HttpProxy, backend.Url, static method => method.Integration!.Map("header.X-One", "'1'"));

        using var response = await host.PostAsync("/dev/x/1", new string('x', 11 << 20));

        Assert.Equal(11 << 20, (await backend.NextAsync()).Body.Length);
    }

    [Fact]
    public async Task InProcess_Mappings_AreSeenByTheHandlerAndRestored()
    {
        (string? One, string? Two, string? Query) seen = default;
        (string? One, string? Two, string? Query) after = default;
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = gateway => gateway
                .AddHandler("handler", http =>
                {
                    seen = Read(http);
                    return Task.CompletedTask;
                })
                .AddRestApi("api", static api => api.Stage("dev").Map("GET /x/{id}", static method => method.InProcess("handler", static integration =>
                    integration.Map("header.X-One", "method.request.path.id").Map("header.X-Two", "'two'").Map("querystring.added", "'a b'")))),
            App = app =>
            {
                Microsoft.AspNetCore.Builder.UseExtensions.Use(app, async (http, next) =>
                {
                    await next(http);
                    after = Read(http);
                });
                app.UseApiGateway();
            },
        });

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x/7?q=1", ("X-One", "client"));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(("7", "two", "?q=1&added=a%20b"), seen);
        Assert.Equal(("client", "", "?q=1"), after);

        static (string?, string?, string?) Read(HttpContext http) =>
            (http.Request.Headers["X-One"].ToString(), http.Request.Headers["X-Two"].ToString(), http.Request.QueryString.Value);
    }
}
