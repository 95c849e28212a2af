using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Compression;

/// <summary>Coded request bodies are decoded before anything looks at them.</summary>
public sealed class RequestTests
{
    private static readonly string Text = Payload.Text(20_000);

    [Theory]
    [InlineData("gzip", "gzip", false)]
    [InlineData("gzip", "gzip", true)]
    [InlineData("x-gzip", "gzip", false)]
    [InlineData("deflate", "deflate", false)]
    [InlineData("deflate", "raw", true)]
    [InlineData("identity", "", false)]
    [InlineData("", "", false)]
    public async Task InProcess_CodedBody_ReadsTheBodyItself(string header, string coding, bool isChunked)
    {
        await using var host = await StartAsync(static http => EchoAsync(http));

        using var response = await SendAsync(host, header, Payload.Encode(coding, Encoding.UTF8.GetBytes(Text)), isChunked);

        Assert.Equal($"coding=;length=20000;chunked=;{Text}", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task HttpProxy_CodedBody_SendsTheBodyItself()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
            http.Response.WriteAsync($"{http.Request.Headers.ContentEncoding};{http.Request.ContentLength}"));
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("POST /x", method => method.HttpProxy(backend.Url + "/x")).Stage("dev").Definition.MinimumCompressionSize = 1000));

        using var response = await SendAsync(host, "gzip", Payload.Encode("gzip", Encoding.UTF8.GetBytes(Text)), isChunked: true);

        Assert.Equal(";20000", await response.Content.ReadAsStringAsync());
        Assert.Equal(Encoding.UTF8.GetBytes(Text), (await backend.NextAsync()).Body);
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("br")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task InProcess_UnknownCodingOrOtherBody_Is415(string header)
    {
        await using var host = await StartAsync(static _ => throw new InvalidOperationException("Nobody may call this."));

        using var response = await SendAsync(host, header, Encoding.UTF8.GetBytes(Text), isChunked: false);

        await Refusal.AssertAsync(
            response, HttpStatusCode.UnsupportedMediaType, "BadRequestException", """{"message": "Unsupported Media Type"}""");
    }

    [Fact]
    public async Task InProcess_BodyCutOff_Is415()
    {
        await using var host = await StartAsync(static _ => throw new InvalidOperationException("Nobody may call this."));

        using var response = await SendAsync(host, "gzip", Payload.Encode("gzip", Encoding.UTF8.GetBytes(Text))[..^100], isChunked: false);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task InProcess_BrotliAllowed_ReadsTheBodyItself()
    {
        await using var host = await StartAsync(static http => EchoAsync(http), allowsBrotli: true);

        using var response = await SendAsync(host, "br", Payload.Encode("br", Encoding.UTF8.GetBytes(Text)), isChunked: false);

        Assert.EndsWith(Text, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InProcess_CodedWithoutBody_GoesOn()
    {
        await using var host = await StartAsync(static http => EchoAsync(http));

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", ("Content-Encoding", "gzip"));

        Assert.Equal("coding=;length=;chunked=;", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task InProcess_NoPlan_GetsTheCodedBytes()
    {
        var coded = Payload.Encode("gzip", Encoding.UTF8.GetBytes(Text));
        await using var host = await StartAsync(
            static async http =>
            {
                var body = new MemoryStream();
                await http.Request.Body.CopyToAsync(body);
                http.Response.Headers["X-Coding"] = http.Request.Headers.ContentEncoding;
                await http.Response.Body.WriteAsync(body.ToArray());
            },
            minimum: null);

        using var response = await SendAsync(host, "gzip", coded, isChunked: false);

        Assert.Equal(coded, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("gzip", response.Headers.GetValues("X-Coding").Single());
    }

    [Theory]
    [InlineData(10 << 20, HttpStatusCode.OK)]
    [InlineData((10 << 20) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task InProcess_DecodedBody_MayHave10Megabytes(int length, HttpStatusCode expected)
    {
        var body = new byte[length];
        new Random(3).NextBytes(body.AsSpan(0, 200_000));
        await using var host = await StartAsync(static async http =>
        {
            var total = 0L;
            var buffer = new byte[64 * 1024];
            while (await http.Request.Body.ReadAsync(buffer) is > 0 and var read)
            {
                total += read;
            }

            await http.Response.WriteAsync($"{total}");
        });

        using var response = await SendAsync(host, "gzip", Payload.Encode("gzip", body), isChunked: false);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(
            expected == HttpStatusCode.OK ? $"{length}" : """{"message":"Request Too Long"}""", await response.Content.ReadAsStringAsync());
    }

    private static async Task EchoAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var request = http.Request;
        await http.Response.WriteAsync(
            $"coding={request.Headers.ContentEncoding};length={request.ContentLength};chunked={request.Headers.TransferEncoding};{body}");
    }

    private static Task<TestHost> StartAsync(RequestDelegate handler, int? minimum = 1000, bool allowsBrotli = false) =>
        TestHost.StartAsync(gateway => gateway.AddHandler("x", handler).AddRestApi("api", api =>
        {
            api.Map("ANY /x", static method => method.InProcess("x")).Stage("dev");
            api.Definition.MinimumCompressionSize = minimum;
            api.Definition.BrotliCompression = allowsBrotli;
        }));

    private static Task<HttpResponseMessage> SendAsync(TestHost host, string coding, byte[] body, bool isChunked)
    {
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        return host.Client.SendAsync(request);
    }
}
