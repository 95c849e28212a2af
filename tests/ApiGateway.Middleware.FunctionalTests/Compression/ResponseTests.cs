using System.Net;
using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.FunctionalTests.Compression;

/// <summary>Response bodies are coded if the client wants it and the body is long enough, whoever wrote it, and however.</summary>
public sealed class ResponseTests
{
    private const int Minimum = 1000;

    public static TheoryData<string> WaysToWrite =>
        ["writer", "flushed writer", "text", "stream", "pieces", "flushed pieces", "start", "length", "file", "unbuffered", "complete", "json"];

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("gzip", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("identity", null)]
    [InlineData("*", "gzip")]
    [InlineData("deflate,gzip", "deflate")]
    [InlineData("gzip, deflate, br", "gzip")]
    [InlineData("deflate;q=0.5,gzip;q=1.0", "gzip")]
    [InlineData("gzip;q=1.0,identity;q=0.5,*;q=0", "gzip")]
    [InlineData("br", null)]
    [InlineData("br, gzip", null)]
    public async Task AcceptEncoding_EachForm_ChoosesAsDocumented(string? accept, string? expected)
    {
        await using var host = await StartAsync(static http => WriteAsync(http, "writer", Payload.Text(Minimum)));

        using var response = await GetAsync(host, accept);

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(expected is null ? [] : ["Accept-Encoding"], response.Headers.Vary);
        Assert.Equal(Payload.Text(Minimum), await Payload.DecodeAsync(response));
        Assert.Equal(expected is not null, response.Content.Headers.ContentLength is not null);
    }

    [Theory]
    [MemberData(nameof(WaysToWrite))]
    public async Task InProcess_BodyOfTheMinimum_IsCoded(string way)
    {
        var text = Payload.Text(Minimum);
        await using var host = await StartAsync(http => WriteAsync(http, way, text));

        using var response = await GetAsync(host, "gzip");

        // Code that forbids buffering has its first bytes sent before there are enough of them.
        Assert.Equal(way == "unbuffered" ? null : "gzip", response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(text, Unquoted(await Payload.DecodeAsync(response)));
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
    }

    [Theory]
    [MemberData(nameof(WaysToWrite))]
    public async Task InProcess_ShorterBody_IsNotCoded(string way)
    {
        var text = Payload.Text(Minimum - 200);
        await using var host = await StartAsync(http => WriteAsync(http, way, text));

        using var response = await GetAsync(host, "gzip");

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Empty(response.Headers.Vary);
        Assert.Equal(text, Unquoted(await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [MemberData(nameof(WaysToWrite))]
    public async Task InProcess_LongBody_IsCodedWhole(string way)
    {
        var text = Payload.Text(300_000);
        await using var host = await StartAsync(http => WriteAsync(http, way, text));

        using var response = await GetAsync(host, "deflate");

        Assert.Equal(way == "unbuffered" ? [] : ["deflate"], response.Content.Headers.ContentEncoding);
        Assert.Equal(text, Unquoted(await Payload.DecodeAsync(response)));
    }

    [Theory]
    [InlineData(true, Minimum, "gzip")]
    [InlineData(true, Minimum - 1, null)]
    [InlineData(true, 300_000, "gzip")]
    [InlineData(false, Minimum, "gzip")]
    [InlineData(false, Minimum - 1, null)]
    [InlineData(false, 300_000, "gzip")]
    public async Task HttpProxy_Body_IsCodedByItsLength(bool hasLength, int length, string? expected)
    {
        var text = Payload.Text(length);
        await using var backend = await TestBackend.StartAsync(http => WriteAsync(http, hasLength ? "length" : "flushed pieces", text));
        await using var host = await StartProxyAsync(backend);

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(expected, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(text, await Payload.DecodeAsync(response));
    }

    [Fact]
    public async Task HttpProxy_HeldAnswer_IsCodedWithItsLength()
    {
        var text = Payload.Text(5000);
        await using var backend = await TestBackend.StartAsync(http => WriteAsync(http, "pieces", text));
        await using var host = await TestHost.StartAsync($$"""
            { "Apis": { "api": { "MinimumCompressionSize": 1000, "Stages": { "dev": {} }, "Routes": { "GET /x":
              { "Integration": { "Type": "HTTP_PROXY", "Uri": "{{backend.Url}}/x", "Streaming": false } } } } } }
            """);

        using var response = await GetAsync(host, "gzip");

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.InRange(response.Content.Headers.ContentLength ?? 0, 1, 4000);
        Assert.Equal(text, await Payload.DecodeAsync(response));
    }

    [Fact]
    public async Task HttpProxy_LaterPieces_ArriveBeforeTheNextIsSent()
    {
        using var next = new SemaphoreSlim(0);
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            await http.Response.WriteAsync(Payload.Text(Minimum) + "\n");
            for (var i = 0; i < 3; i++)
            {
                await next.WaitAsync();
                await http.Response.WriteAsync($"piece {i}\n");
                await http.Response.Body.FlushAsync();
            }
        });
        await using var host = await StartProxyAsync(backend);

        using var response = await GetAsync(host, "gzip").InTime();
        using var reader = new StreamReader(Payload.Decoder("gzip", await response.Content.ReadAsStreamAsync()));
        for (var read = 0; read <= Minimum;)
        {
            read += (await reader.ReadLineAsync().InTime())!.Length + 1;
        }

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        for (var i = 0; i < 3; i++)
        {
            next.Release();
            Assert.Equal($"piece {i}", await reader.ReadLineAsync().InTime());
        }

        Assert.Null(await reader.ReadLineAsync().InTime());
    }

    [Fact]
    public async Task HttpProxy_Events_ArriveOneByOneAndAsTheyAre()
    {
        using var next = new SemaphoreSlim(0);
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.FlushAsync();
            for (var i = 0; i < 3; i++)
            {
                await next.WaitAsync();
                await http.Response.WriteAsync($"data: {i}\n\n");
            }
        });
        await using var host = await StartProxyAsync(backend);

        using var response = await GetAsync(host, "gzip").InTime();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Empty(response.Content.Headers.ContentEncoding);
        for (var i = 0; i < 3; i++)
        {
            next.Release();
            Assert.Equal($"data: {i}", await reader.ReadLineAsync().InTime());
            Assert.Equal("", await reader.ReadLineAsync().InTime());
        }
    }

    [Theory]
    [InlineData("Content-Encoding", "zstd")]
    [InlineData("Content-Range", "bytes 0-4999/9000")]
    [InlineData("Cache-Control", "public, no-transform")]
    [InlineData("Content-Type", "application/grpc-web")]
    public async Task InProcess_HeadForbidsIt_IsNotCoded(string name, string value)
    {
        var text = Payload.Text(5000);
        await using var host = await StartAsync(http =>
        {
            http.Response.Headers[name] = value;
            return WriteAsync(http, "text", text);
        });

        using var response = await GetAsync(host, "gzip");

        Assert.DoesNotContain("gzip", response.Content.Headers.ContentEncoding);
        Assert.Equal(text, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task InProcess_OtherVary_IsKept()
    {
        await using var host = await StartAsync(http =>
        {
            http.Response.Headers.Vary = "Origin";
            http.Response.Headers["Content-MD5"] = "x";
            return WriteAsync(http, "text", Payload.Text(5000));
        });

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(["Origin", "Accept-Encoding"], response.Headers.Vary);
        Assert.False(response.Content.Headers.Contains("Content-MD5"));
    }

    [Fact]
    public async Task InProcess_Head_KeepsItsLength()
    {
        await using var host = await StartAsync(static http =>
        {
            http.Response.ContentLength = 5000;
            return Task.CompletedTask;
        });

        using var response = await host.SendAsync(HttpMethod.Head, "/dev/x", ("Accept-Encoding", "gzip"));

        Assert.Equal(5000, response.Content.Headers.ContentLength);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task InProcess_StatusWithoutBody_IsNotCoded(int status)
    {
        await using var host = await StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        }, minimum: 0);

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task InProcess_MinimumZeroAndEmptyBody_IsNotCoded()
    {
        await using var host = await StartAsync(static _ => Task.CompletedTask, minimum: 0);

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(0, response.Content.Headers.ContentLength);
        Assert.Empty(response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task InProcess_BrotliAllowed_IsCoded()
    {
        await using var host = await StartAsync(static http => WriteAsync(http, "text", Payload.Text(5000)), allowsBrotli: true);

        using var response = await GetAsync(host, "br, gzip");

        Assert.Equal("br", response.Content.Headers.ContentEncoding.Single());
        Assert.Equal(Payload.Text(5000), await Payload.DecodeAsync(response));
    }

    [Fact]
    public async Task InProcess_NoPlan_IsNotCoded()
    {
        await using var host = await StartAsync(static http => WriteAsync(http, "text", Payload.Text(5000)), minimum: null);

        using var response = await GetAsync(host, "gzip");

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(Payload.Text(5000), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Refusal_LongEnough_IsCodedLikeAnyAnswer()
    {
        await using var backend = await TestBackend.StartRawAsync(static http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        await using var host = await StartProxyAsync(backend, minimum: 10);

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Equal("""{"message": "Network error communicating with endpoint"}""", await Payload.DecodeAsync(response));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task HttpProxy_BackendBreaksOff_ClientNeverTakesItForWhole(int length)
    {
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            await http.Response.WriteAsync(Payload.Text(length));
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        await using var host = await StartProxyAsync(backend);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var response = await GetAsync(host, "gzip").InTime();
            response.EnsureSuccessStatusCode();
            await Payload.DecodeAsync(response).InTime();
        });
    }

    [Fact]
    public async Task InProcess_FailsAfterItsFirstPiece_OuterHandlerAnswersAlone()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = static gateway => gateway
                .AddHandler("x", static async http =>
                {
                    await http.Response.WriteAsync("first");
                    throw new InvalidOperationException("The handler has failed.");
                })
                .AddRestApi("api", static api => api
                    .Map("GET /x", static method => method.InProcess("x")).Stage("dev").Definition.MinimumCompressionSize = Minimum),
            App = static app =>
            {
                app.UseExceptionHandler(static branch => branch.Run(static http => http.Response.WriteAsync("outer")));
                app.UseApiGateway();
            },
        });

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("outer", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task InProcess_SentSomething_CountsAsStarted()
    {
        var seen = (Before: true, After: false);
        await using var host = await StartAsync(async http =>
        {
            seen.Before = http.Response.HasStarted;
            await http.Response.WriteAsync("first");
            seen.After = http.Response.HasStarted;
        });

        using var response = await GetAsync(host, "gzip");

        Assert.Equal("first", await response.Content.ReadAsStringAsync());
        Assert.Equal((false, true), seen);
    }

    [Fact]
    public async Task InProcess_SynchronousWrite_IsForbiddenAsTheServerForbidsIt()
    {
        await using var host = await StartAsync(static async http =>
        {
            var exception = Record.Exception(() => http.Response.Body.Write("x"u8));
            await http.Response.WriteAsync(exception?.GetType().Name ?? "none");
        });

        using var response = await GetAsync(host, "gzip");

        Assert.Equal(nameof(InvalidOperationException), await response.Content.ReadAsStringAsync());
    }

    private static async Task WriteAsync(HttpContext http, string way, string text)
    {
        var response = http.Response;
        var bytes = Encoding.UTF8.GetBytes(text);
        response.Headers.ETag = "\"1\"";
        switch (way)
        {
            case "writer":
                bytes.CopyTo(response.BodyWriter.GetSpan(bytes.Length));
                response.BodyWriter.Advance(bytes.Length);
                break;
            case "flushed writer":
                await response.BodyWriter.WriteAsync(bytes);
                break;
            case "text":
                await response.WriteAsync(text);
                break;
            case "json":
                await response.WriteAsJsonAsync(text, Json.Default.String);
                break;
            case "stream":
                await response.Body.WriteAsync(bytes);
                break;
            case "pieces" or "flushed pieces":
                foreach (var piece in bytes.Chunk(97))
                {
                    await response.Body.WriteAsync(piece);
                    if (way == "flushed pieces")
                    {
                        await response.Body.FlushAsync();
                    }
                }

                break;
            case "start":
                await response.StartAsync();
                await response.WriteAsync(text);
                break;
            case "length":
                response.ContentLength = bytes.Length;
                await response.WriteAsync(text);
                break;
            case "unbuffered":
                http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
                await response.StartAsync();
                await response.WriteAsync(text);
                break;
            case "complete":
                await response.WriteAsync(text);
                await response.CompleteAsync();
                break;
            case "file":
                var file = Path.GetTempFileName();
                await File.WriteAllTextAsync(file, "before" + text + "behind");
                await response.SendFileAsync(file, "before".Length, bytes.Length);
                File.Delete(file);
                break;
        }
    }

    // JSON makes more characters out of a text.
    private static string Unquoted(string body) => body.StartsWith('"') ? System.Text.Json.JsonSerializer.Deserialize(body, Json.Default.String)! : body;

    private static Task<HttpResponseMessage> GetAsync(TestHost host, string? accept) => accept is null
        ? host.GetAsync("/dev/x") : host.SendAsync(HttpMethod.Get, "/dev/x", ("Accept-Encoding", accept));

    private static Task<TestHost> StartAsync(RequestDelegate handler, int? minimum = Minimum, bool allowsBrotli = false) =>
        TestHost.StartAsync(gateway => gateway.AddHandler("x", handler).AddRestApi("api", api =>
        {
            api.Map("ANY /x", static method => method.InProcess("x")).Stage("dev");
            api.Definition.MinimumCompressionSize = minimum;
            api.Definition.BrotliCompression = allowsBrotli;
        }));

    private static Task<TestHost> StartProxyAsync(TestBackend backend, int minimum = Minimum) =>
        TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("GET /x", method => method.HttpProxy(backend.Url + "/x")).Stage("dev").Definition.MinimumCompressionSize = minimum));
}
