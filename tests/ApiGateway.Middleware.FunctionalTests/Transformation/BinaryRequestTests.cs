using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>What of the client's body reaches the backend: "Content type conversions in API Gateway", as recorded.</summary>
public sealed class BinaryRequestTests
{
    private const string Png = "image/png";
    private const string Decoded = "(decoded)";
    private const string Encoded = "(encoded)";
    private const string Unchanged = "(unchanged)";
    private const string Repaired = "(repaired)";

    [Theory]
    [InlineData("", Png, ContentHandling.None, Repaired)]
    [InlineData("", Png, ContentHandling.ConvertToText, Repaired)]
    [InlineData("image/gif", Png, ContentHandling.None, Repaired)]
    [InlineData("image/gif", Png, ContentHandling.ConvertToText, Repaired)]
    [InlineData("image/gif", Png, ContentHandling.ConvertToBinary, Decoded)]
    [InlineData(Png, Png, ContentHandling.None, Unchanged)]
    [InlineData(Png, Png, ContentHandling.ConvertToBinary, Unchanged)]
    [InlineData(Png, Png, ContentHandling.ConvertToText, Encoded)]
    [InlineData(Png, "image/png; q=1", ContentHandling.None, Unchanged)]
    [InlineData(Png, "IMAGE/PNG", ContentHandling.None, Unchanged)]
    [InlineData("image/*", Png, ContentHandling.None, Unchanged)]
    [InlineData("image/*", "image/*", ContentHandling.None, Unchanged)]
    [InlineData(Png, "image/*", ContentHandling.None, Repaired)]
    [InlineData(Png, "*/*", ContentHandling.None, Repaired)]
    [InlineData("*/png", Png, ContentHandling.None, Repaired)]
    [InlineData("*/png", "*/png", ContentHandling.None, Repaired)]
    [InlineData("*/*", Png, ContentHandling.None, Unchanged)]
    [InlineData("*/*", null, ContentHandling.None, Unchanged)]
    [InlineData("application/json", null, ContentHandling.None, Repaired)]
    public async Task Http_Body_ReachesTheBackendAsTheTableSays(string type, string? contentType, ContentHandling handling, string expected)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await BinaryApi.StartHttpAsync(
            backend.Url, type.Length == 0 ? [] : [type], integration => integration.ContentHandling = handling);
        var sent = expected == Decoded ? Encoding.ASCII.GetBytes(BinaryApi.BytesAsBase64) : BinaryApi.Bytes;

        var (status, _, _) = await BinaryApi.PostAsync(host, sent, contentType);

        Assert.Equal(200, status);
        var received = (await backend.NextAsync()).Body;
        Assert.Equal(
            expected switch
            {
                Encoded => Encoding.ASCII.GetBytes(BinaryApi.BytesAsBase64),
                Repaired => Encoding.UTF8.GetBytes(BinaryApi.BytesAsText),
                _ => BinaryApi.Bytes,
            },
            received);
    }

    [Fact]
    public async Task Http_NoBase64_Is500()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await BinaryApi.StartHttpAsync(
            backend.Url, [Png], static integration => integration.ContentHandling = ContentHandling.ConvertToBinary);

        var (_, _, response) = await BinaryApi.PostAsync(host, "no base64!"u8.ToArray(), "text/plain");

        await Refusal.AssertServerErrorAsync(response);
        Assert.Equal(0, backend.Count);
    }

    [Fact]
    public async Task Http_NoBase64_IsAnApiConfigurationError()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .GatewayResponse(GatewayResponseType.ApiConfigurationError, static response => response.StatusCode = 512)
            .Map("POST /x", method => method.Http(backend.Url, static integration => integration.ContentHandling = ContentHandling.ConvertToBinary))
            .Stage("dev")));

        var (status, _, _) = await BinaryApi.PostAsync(host, "no base64!"u8.ToArray(), "text/plain");

        Assert.Equal(512, status);
    }

    [Fact]
    public async Task Http_TemplateOnBytes_Is500UnlessTheyBecomeText()
    {
        await using var backend = await TestBackend.StartAsync();
        var handling = ContentHandling.None;
        void Configure(IntegrationDefinition integration)
        {
            integration.ContentHandling = handling;
            integration.RequestTemplates[Png] = """{"image": "$input.body"}""";
        }

        await using var refusing = await BinaryApi.StartHttpAsync(backend.Url, [Png], Configure);
        handling = ContentHandling.ConvertToText;
        await using var converting = await BinaryApi.StartHttpAsync(backend.Url, [Png], Configure);

        var (_, _, refused) = await BinaryApi.PostAsync(refusing, BinaryApi.Bytes, Png);
        var (_, _, empty) = await BinaryApi.PostAsync(refusing, [], Png);
        var (status, _, _) = await BinaryApi.PostAsync(converting, BinaryApi.Bytes, Png);

        await Refusal.AssertServerErrorAsync(refused);
        await Refusal.AssertServerErrorAsync(empty);
        Assert.Equal(200, status);
        Assert.Equal($$"""{"image": "{{BinaryApi.BytesAsBase64}}"}""", (await backend.NextAsync()).Text);
    }

    // The problem of every OPTIONS method that the console made, once an API takes everything for bytes.
    [Theory]
    [InlineData(ContentHandling.None, 500)]
    [InlineData(ContentHandling.ConvertToBinary, 500)]
    [InlineData(ContentHandling.ConvertToText, 200)]
    public async Task Mock_EverythingIsBytes_NeedsConversionToText(ContentHandling handling, int expected)
    {
        await using var host = await BinaryApi.StartAsync(["*/*"], method => method.Response(200).Mock(200, integration =>
        {
            integration.ContentHandling = handling;
            integration.IntegrationResponses.Add(new IntegrationResponseDefinition("200"));
        }));

        using var response = await host.SendAsync(HttpMethod.Options, "/dev/x");

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("image/gif")]
    [InlineData(Png)]
    public async Task HttpProxy_Body_PassesAsItIs(string type)
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.ContentType = "text/plain";
            return http.Response.Body.WriteAsync(BinaryApi.Bytes).AsTask();
        });
        await using var host = await BinaryApi.StartAsync(type.Length == 0 ? [] : [type], method => method.HttpProxy(
            backend.Url + "/x", static integration => integration.IntegrationHttpMethod = "POST"));

        var (status, body, _) = await BinaryApi.PostAsync(host, BinaryApi.Bytes, Png, "text/plain");

        Assert.Equal(200, status);
        Assert.Equal(BinaryApi.Bytes, body);
        Assert.Equal(BinaryApi.Bytes, (await backend.NextAsync()).Body);
    }
}
