using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Transformation;

/// <summary>What of the backend's body reaches the client: "Content type conversions in API Gateway", as recorded.</summary>
public sealed class BinaryResponseTests
{
    private const string Png = "image/png";
    private const string Text = "text/plain";

    public enum Outcome
    {
        Repaired,
        Decoded,
        Encoded,
        Unchanged,
    }

    [Theory]
    [InlineData(Text, Text, ContentHandling.None, Outcome.Repaired)]
    [InlineData(Text, Text, ContentHandling.ConvertToText, Outcome.Repaired)]
    [InlineData(Text, Text, ContentHandling.ConvertToBinary, Outcome.Decoded)]
    [InlineData(Text, Png, ContentHandling.None, Outcome.Decoded)]
    [InlineData(Text, Png, ContentHandling.ConvertToText, Outcome.Repaired)]
    [InlineData(Text, Png, ContentHandling.ConvertToBinary, Outcome.Decoded)]
    [InlineData(Png, Text, ContentHandling.None, Outcome.Encoded)]
    [InlineData(Png, Text, ContentHandling.ConvertToText, Outcome.Encoded)]
    [InlineData(Png, Text, ContentHandling.ConvertToBinary, Outcome.Unchanged)]
    [InlineData(Png, Png, ContentHandling.None, Outcome.Unchanged)]
    [InlineData(Png, Png, ContentHandling.ConvertToText, Outcome.Encoded)]
    [InlineData(Png, Png, ContentHandling.ConvertToBinary, Outcome.Unchanged)]
    [InlineData(Png, null, ContentHandling.None, Outcome.Encoded)]
    [InlineData(Png, "*/*", ContentHandling.None, Outcome.Encoded)]
    [InlineData(Png, "image/*", ContentHandling.None, Outcome.Encoded)]
    [InlineData(Png, "image/png;q=0.1, text/plain", ContentHandling.None, Outcome.Unchanged)]
    [InlineData(Png, "text/plain, image/png", ContentHandling.None, Outcome.Encoded)]
    public async Task Http_Body_ReachesTheClientAsTheTableSays(string payload, string? accept, ContentHandling handling, Outcome expected)
    {
        var sent = expected == Outcome.Decoded ? Encoding.ASCII.GetBytes(BinaryApi.BytesAsBase64) : BinaryApi.Bytes;
        await using var backend = await AnsweringAsync(payload, sent);
        await using var host = await BinaryApi.StartHttpAsync(backend.Url, [Png], response: response => response.ContentHandling = handling);

        var (status, body, response) = await BinaryApi.PostAsync(host, [], null, accept is null ? [] : [accept]);

        Assert.Equal(200, status);
        Assert.Equal(
            expected switch
            {
                Outcome.Encoded => Encoding.ASCII.GetBytes(BinaryApi.BytesAsBase64),
                Outcome.Repaired => Encoding.UTF8.GetBytes(BinaryApi.BytesAsText),
                _ => BinaryApi.Bytes,
            },
            body);
        Assert.Equal(body.Length, response.Content.Headers.ContentLength);
        Assert.Equal(payload, response.Content.Headers.ContentType?.ToString());
    }

    [Theory]
    [InlineData("*/png", Png, Outcome.Repaired)]
    [InlineData("*/*", Text, Outcome.Unchanged)]
    [InlineData("*/*", null, Outcome.Unchanged)]
    [InlineData("image/*", Png, Outcome.Unchanged)]
    public async Task Http_Wildcard_MatchesAsRecorded(string type, string? accept, Outcome expected)
    {
        await using var backend = await AnsweringAsync(Png, BinaryApi.Bytes);
        await using var host = await BinaryApi.StartHttpAsync(backend.Url, [type]);

        var (_, body, _) = await BinaryApi.PostAsync(host, [], null, accept is null ? [] : [accept]);

        Assert.Equal(expected == Outcome.Repaired ? Encoding.UTF8.GetBytes(BinaryApi.BytesAsText) : BinaryApi.Bytes, body);
    }

    // The first line, not the first that matches.
    [Fact]
    public async Task Http_AcceptOnTwoLines_FirstOneCounts()
    {
        await using var backend = await AnsweringAsync(Png, BinaryApi.Bytes);
        await using var host = await BinaryApi.StartHttpAsync(backend.Url, [Png]);
        await using var connection = await host.ConnectAsync();
        await connection.SendRequestAsync("GET /dev/x HTTP/1.1", ["Accept: text/plain", "Accept: image/png"]);

        var answer = await connection.ReadToEndAsync();

        Assert.EndsWith("\r\n\r\n" + BinaryApi.BytesAsBase64, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Png, ContentHandling.None)]
    [InlineData(Text, ContentHandling.ConvertToBinary)]
    public async Task Http_NoBase64_Is500(string accept, ContentHandling handling)
    {
        await using var backend = await AnsweringAsync(Text, "no base64!"u8.ToArray());
        await using var host = await BinaryApi.StartHttpAsync(backend.Url, [Png], response: response => response.ContentHandling = handling);

        var (_, _, response) = await BinaryApi.PostAsync(host, [], null, accept);

        await Refusal.AssertServerErrorAsync(response);
    }

    [Theory]
    [InlineData(ContentHandling.None, Png, 500)]
    [InlineData(ContentHandling.ConvertToBinary, Text, 500)]
    [InlineData(ContentHandling.ConvertToText, Png, 200)]
    [InlineData(ContentHandling.None, Text, 200)]
    public async Task Http_TemplateOnBytes_Is500UnlessTheyBecomeText(ContentHandling handling, string accept, int expected)
    {
        await using var backend = await AnsweringAsync(Png, BinaryApi.Bytes);
        await using var host = await BinaryApi.StartHttpAsync(backend.Url, [Png], response: response =>
        {
            response.ContentHandling = handling;
            response.ResponseTemplates["application/json"] = """{"image": "$input.body"}""";
        });

        var (status, body, _) = await BinaryApi.PostAsync(host, [], null, accept);

        Assert.Equal(expected, status);
        Assert.Equal(
            expected == 200 ? $$"""{"image": "{{BinaryApi.BytesAsBase64}}"}""" : """{"message": "Internal server error"}""",
            Encoding.UTF8.GetString(body));
    }

    private static Task<TestBackend> AnsweringAsync(string type, byte[] body) => TestBackend.StartAsync(http =>
    {
        http.Response.ContentType = type;
        return http.Response.Body.WriteAsync(body).AsTask();
    });
}
