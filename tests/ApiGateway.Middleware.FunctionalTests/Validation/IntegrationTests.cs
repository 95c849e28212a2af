using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Validation;

/// <summary>Validation comes before every kind of integration, and hands on exactly what it has judged.</summary>
public sealed class IntegrationTests
{
    // Blanks, an escape and a byte sequence that no reformatting would leave alone.
    private const string Body = " {\"subject\" :\"\\u00e9\u00e9\",\r\n\t\"to\":\"a\", \"n\":1.50e+2 } \n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HttpProxy_ValidBody_ArrivesAsItWas(bool isStreaming)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(method => method.HttpProxy(backend.Url, integration => integration.Streaming = isStreaming));

        using var invalid = await host.PostAsync("/dev/x", "{}");
        using var valid = await host.PostAsync("/dev/x", Body, "application/json; charset=utf-8");

        await ValidatedApi.AssertInvalidBodyAsync(invalid);
        Assert.Equal(200, (int)valid.StatusCode);
        var received = await backend.NextAsync();
        Assert.Equal(Encoding.UTF8.GetBytes(Body), received.Body);
        Assert.Equal("application/json; charset=utf-8", received["Content-Type"]);
        Assert.Equal(0, backend.Count);
    }

    [Fact]
    public async Task HttpProxy_ChunkedBody_ArrivesAsItWas()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(method => method.HttpProxy(backend.Url));
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
        request.Headers.TransferEncodingChunked = true;

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(Encoding.UTF8.GetBytes(Body), (await backend.NextAsync()).Body);
    }

    [Fact]
    public async Task HttpProxy_TypeWithoutAModel_StillStreams()
    {
        using var arrived = new SemaphoreSlim(0);
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            await http.Request.Body.ReadExactlyAsync(new byte[5]);
            arrived.Release();
        });
        await using var host = await StartAsync(method => method.HttpProxy(backend.Url));
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        using var content = new PieceContent();
        content.Headers.TryAddWithoutValidation("Content-Type", "text/plain");
        request.Content = content;

        // The first piece arrives while the body has no end yet: nothing holds it.
        var sending = host.Client.SendAsync(request);
        await content.WriteAsync("first");
        await arrived.WaitAsync().InTime();
        content.Complete();
        using var response = await sending.InTime();

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task InProcess_ReadsTheSameBytes_AsStreamAndAsPipe()
    {
        await using var host = await StartAsync(static method => method.InProcess("read"), static gateway => gateway.AddHandler("read", static async http =>
        {
            var read = await http.Request.BodyReader.ReadAsync();
            Assert.True(read.IsCompleted || read.Buffer.Length > 0);
            http.Request.BodyReader.AdvanceTo(read.Buffer.Start);
            using var copy = new MemoryStream();
            await http.Request.BodyReader.CopyToAsync(copy);
            await http.Response.Body.WriteAsync(copy.ToArray());
        }).AddHandler("stream", static http => http.Request.Body.CopyToAsync(http.Response.Body)));

        using var response = await host.PostAsync("/dev/x", Body);
        using var streamed = await host.PostAsync("/dev/stream", Body);
        using var invalid = await host.PostAsync("/dev/x", "{}");

        Assert.Equal(Body, await response.Content.ReadAsStringAsync());
        Assert.Equal(Body, await streamed.Content.ReadAsStringAsync());
        await ValidatedApi.AssertInvalidBodyAsync(invalid);
    }

    [Fact]
    public async Task Mock_IsValidatedToo()
    {
        await using var host = await StartAsync(static method => method.Mock(201));

        using var valid = await host.PostAsync("/dev/x", Body);
        using var invalid = await host.PostAsync("/dev/x", "{}");

        Assert.Equal(201, (int)valid.StatusCode);
        await ValidatedApi.AssertInvalidBodyAsync(invalid);
    }

    private static Task<TestHost> StartAsync(Func<MethodBuilder, MethodBuilder> answer, Action<IApiGatewayBuilder>? gateway = null) =>
        ValidatedApi.StartAsync(
            api =>
            {
                api.Model("Mail", ValidatedApi.Mail)
                    .Map("POST /x", method => answer(method).ValidateBy(ValidatedApi.ParametersAndBody).Body("Mail"));
                if (gateway is not null)
                {
                    api.Map("POST /stream", static method => method.InProcess("stream").ValidateBy(ValidatedApi.BodyOnly).Body("Mail"));
                }
            },
            gateway);
}
