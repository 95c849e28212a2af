using System.Buffers;
using System.IO.Compression;
using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Caching;

/// <summary>Answers of every kind of integration are kept as the client got them.</summary>
public sealed class IntegrationKindTests
{
    public static TheoryData<string> Kinds => ["HTTP_PROXY", "HTTP_PROXY held", "HTTP_PROXY aws", "HTTP", "AWS_PROXY", "AWS", "MOCK", "IN_PROCESS", "IN_PROCESS file"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Hit_OfEachKind_IsTheSameAnswerWithoutTheIntegration(string kind)
    {
        var calls = 0;
        await using var backend = await TestBackend.StartAsync(async http =>
        {
            http.Response.Headers["X-From"] = "backend";
            http.Response.ContentType = "text/x";
            await http.Response.WriteAsync($"first {++calls}");
            await http.Response.Body.FlushAsync();
            await http.Response.WriteAsync(" second");
        });
        using var directory = new SettingsDirectory();
        directory.Write("a file");
        await using var api = await CachedApi.StartAsync(
            rest => rest.Map("GET /x", method => Map(kind, method, backend.Url)),
            gateway: gateway => gateway
                .AddLambdaFunction("f", (_, target, _, _) =>
                {
                    target.Write(Encoding.UTF8.GetBytes($$"""{"statusCode":200,"headers":{"X-From":"backend","Content-Type":"text/x"},"body":"{{++calls}}"}"""));
                    return ValueTask.CompletedTask;
                })
                .AddHandler("h", async http =>
                {
                    calls++;
                    http.Response.OnStarting(() =>
                    {
                        http.Response.Headers["X-From"] = "backend";
                        return Task.CompletedTask;
                    });
                    http.Response.ContentType = "text/x";
                    if (kind.EndsWith("file", StringComparison.Ordinal))
                    {
                        await http.Response.SendFileAsync(directory.File);
                    }
                    else
                    {
                        await http.Response.WriteAsync($"{calls}");
                    }
                }));

        using var first = await api.SendAsync("/prod/x");
        var body = await first.Content.ReadAsStringAsync();
        using var second = await api.SendAsync("/prod/x");

        Assert.NotEmpty(body);
        Assert.Equal((HttpStatusCode.OK, body), (second.StatusCode, await second.Content.ReadAsStringAsync()));
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        if (kind is not ("HTTP" or "AWS" or "MOCK"))
        {
            Assert.Equal("backend", Assert.Single(second.Headers.GetValues("X-From")));
        }

        if (kind != "MOCK")
        {
            Assert.Equal(1, calls);
        }
    }

    [Fact]
    public async Task Hit_UnderTheAwsProfile_HasATraceOfItsOwn()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var api = await CachedApi.StartAsync(rest =>
        {
            rest.Definition.HeaderProfile = HeaderProfile.Aws;
            rest.Definition.ResponseIds = true;
            rest.Map("GET /x", method => method.Http(backend.Url)).Map("GET /proxy", method => method.HttpProxy(backend.Url));
        });

        using var first = await api.SendAsync("/prod/x");
        using var second = await api.SendAsync("/prod/x", ("X-Amzn-Trace-Id", "Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1"));

        Assert.Equal(1, backend.Count);
        Assert.NotEqual(IdsOf(first), IdsOf(second));
        Assert.Equal("Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1", Assert.Single(second.Headers.GetValues("X-Amzn-Trace-Id")));
        using var proxied = await api.SendAsync("/prod/proxy");
        api.Time.Advance(TimeSpan.FromSeconds(2));
        using var again = await api.SendAsync("/prod/proxy");
        Assert.Equal(proxied.Headers.GetValues("x-amzn-Remapped-Date"), again.Headers.GetValues("x-amzn-Remapped-Date"));
        Assert.Equal(2, backend.Count);

        static string IdsOf(HttpResponseMessage response) => string.Join(
            ' ', response.Headers.Where(static header => header.Key is "x-amzn-RequestId" or "X-Amzn-Trace-Id").SelectMany(static header => header.Value));
    }

    [Fact]
    public async Task Hit_WithCompression_IsCodedForTheClientThatAsks()
    {
        await using var api = await CachedApi.StartAsync(
            rest =>
            {
                rest.Definition.MinimumCompressionSize = 0;
                rest.Map("GET /x", static method => method.InProcess("backend"));
            });

        using var coded = await api.SendAsync("/prod/x", ("Accept-Encoding", "gzip"));
        using var plain = await api.SendAsync("/prod/x");
        using var codedAgain = await api.SendAsync("/prod/x", ("Accept-Encoding", "gzip"));

        Assert.Equal(1, api.Calls);
        Assert.Equal("gzip", Assert.Single(coded.Content.Headers.ContentEncoding));
        Assert.Equal("1", await plain.Content.ReadAsStringAsync());
        Assert.Equal(("1", "1"), (await DecodedAsync(coded), await DecodedAsync(codedAgain)));

        static async Task<string> DecodedAsync(HttpResponseMessage response) =>
            await new StreamReader(new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress)).ReadToEndAsync();
    }

    [Fact]
    public async Task Answer_OfWhichAPartIsMissing_IsNotKept()
    {
        await using var backend = RawBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly a part");
        await using var api = await CachedApi.StartAsync(rest => rest.Map("GET /x", method => method.HttpProxy(backend.Url)));

        for (var i = 0; i < 2; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                using var response = await api.SendAsync("/prod/x");
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsStringAsync();
            });
        }

        Assert.Equal(2, api.Host.Logs.Count("BackendUnreachable"));
    }

    [Fact]
    public async Task Handler_ThatThrows_LeavesNothing()
    {
        var calls = 0;
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")),
            gateway: gateway => gateway.AddHandler("h", async http =>
            {
                await http.Response.WriteAsync("half");
                if (++calls == 1)
                {
                    await http.Response.Body.FlushAsync();
                    throw new InvalidOperationException();
                }
            }));

        await Assert.ThrowsAnyAsync<Exception>(() => api.GetAsync("/prod/x"));
        Assert.Equal("half", await api.GetAsync("/prod/x"));

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Handler_ThatThrowsBeforeItsAnswer_LeavesTheErrorToTheHost()
    {
        await using var api = await CachedApi.StartAsync(
            static rest => rest.Map("GET /x", static method => method.InProcess("h")),
            gateway: static gateway => gateway.AddHandler("h", static http => throw new InvalidOperationException()),
            app: static app =>
            {
                app.UseExceptionHandler(static error => error.Run(static http => http.Response.WriteAsync("handled")));
                app.UseApiGateway();
            });

        for (var i = 0; i < 3; i++)
        {
            using var response = await api.SendAsync("/prod/x");
            Assert.Equal((500, "handled"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        }
    }

    private static void Map(string kind, MethodBuilder method, string url)
    {
        switch (kind)
        {
            case "HTTP_PROXY":
                method.HttpProxy(url);
                break;
            case "HTTP_PROXY held":
                method.HttpProxy(url, static integration => integration.Streaming = false);
                break;
            case "HTTP_PROXY aws":
                method.HttpProxy(url, static integration => integration.StreamsResponse = true);
                break;
            case "HTTP":
                method.Http(url, static integration => integration.RequestTemplates["application/json"] = "{}");
                break;
            case "AWS_PROXY":
                method.LambdaProxy("f");
                break;
            case "AWS":
                method.Aws("f");
                break;
            case "MOCK":
                method.Mock(200, static integration => integration.IntegrationResponses.Add(
                    new("200") { ResponseTemplates = { ["application/json"] = "$context.requestId" } })).Response(200);
                break;
            default:
                method.InProcess("h");
                break;
        }
    }
}
