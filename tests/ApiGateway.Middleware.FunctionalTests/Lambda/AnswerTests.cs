using System.Buffers;
using System.Net;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Lambda;

/// <summary>What a function answers, and what the client gets.</summary>
public sealed class AnswerTests
{
    [Theory]
    [InlineData("""{"statusCode":200}""", 200, "")]
    [InlineData("{}", 200, "")]
    [InlineData("""{"statusCode":"201","body":"a\nb"}""", 201, "a\nb")]
    [InlineData("""{"statusCode":404,"headers":null,"body":null}""", 404, "")]
    [InlineData("""{"statusCode":204}""", 204, "")]
    [InlineData("""{"statusCode":200,"isBase64Encoded":true,"body":"eA=="}""", 200, "eA==")]
    public async Task Answer_Legal_ReachesTheClient(string payload, int status, string body)
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering(payload));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.Contains("X-Amzn-Trace-Id"));
    }

    [Theory]
    [InlineData("""{"statusCode":"test"}""")]
    [InlineData("""{"statusCode":200,"wrongValue":1}""")]
    [InlineData("\"text\"")]
    [InlineData("")]
    [InlineData("""{"multiValueHeaders":{"a":"b"}}""")]
    [InlineData("""{"errorMessage":"x"}""")]
    public async Task Answer_Illegal_502(string payload)
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering(payload));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, status: 502);
    }

    [Theory]
    [InlineData("Connection", "x-amzn-Remapped-Connection")]
    [InlineData("content-length", "x-amzn-Remapped-Content-Length")]
    [InlineData("Date", "x-amzn-Remapped-Date")]
    [InlineData("Server", "x-amzn-Remapped-Server")]
    [InlineData("WWW-Authenticate", "WWW-Authenticate")]
    [InlineData("Content-Encoding", "Content-Encoding")]
    [InlineData("Via", "Via")]
    [InlineData("Authorization", "Authorization")]
    [InlineData("Transfer-Encoding", null)]
    public async Task Answer_Header_ArrivesAsRecorded(string sent, string? received)
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering($$$"""{"headers":{"{{{sent}}}":"7"}}"""));
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /dev/x HTTP/1.1");
        var head = await connection.ReadHeadAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", head, StringComparison.Ordinal);
        if (received is not null)
        {
            Assert.Contains($"\r\n{received}: 7\r\n", head, StringComparison.Ordinal);
        }
        else
        {
            Assert.DoesNotContain(": 7\r\n", head, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Answer_SameHeaderInBothMaps_MultiComesFirst()
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering(
            """{"headers":{"test-multi":"value-solo","one":"same"},"multiValueHeaders":{"tesT-Multi":["value-multi"],"one":["same"],"Set-Cookie":["a=1","b=2"]}}"""));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal("value-multi, value-solo", string.Join(", ", response.Headers.GetValues("test-multi")));
        Assert.Contains(response.Headers.NonValidated, static header => header.Key == "tesT-Multi");
        Assert.Equal(["same"], response.Headers.GetValues("one"));
        Assert.Equal(["a=1", "b=2"], response.Headers.GetValues("Set-Cookie"));
    }

    [Fact]
    public async Task Answer_HeaderThatWouldSplitIt_IsMadeHarmless()
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering(
            """{"headers":{"X-A":"1\r\nX-Evil: 1","X B\r\nX-Evil":"2"},"body":"ok"}"""));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal("1%0D%0AX-Evil: 1", Assert.Single(response.Headers.GetValues("X-A")));
        Assert.False(response.Headers.Contains("X-Evil"));
        Assert.Equal("ok", await response.Content.ReadAsStringAsync());
    }

    // Recorded with 'image/png' configured.
    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/png;q=1, */*", true)]
    [InlineData("image/jpg", false)]
    [InlineData("image/*", false)]
    [InlineData("*/*", false)]
    [InlineData("*/test", false)]
    [InlineData(null, false)]
    public async Task Answer_Base64_IsDecodedWhereTheClientAsksForTheType(string? accept, bool isDecoded)
    {
        await using var host = await LambdaSetup.StartAsync(
            LambdaSetup.Answering("""{"isBase64Encoded":true,"body":"iVBO\/w=="}"""),
            static api => api.Definition.BinaryMediaTypes.Add("image/png"));

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", accept is null ? [] : [("Accept", accept)]);

        var expected = isDecoded ? [0x89, 0x50, 0x4E, 0xFF] : "iVBO/w=="u8.ToArray();
        Assert.Equal(expected, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Answer_BadBase64_500()
    {
        await using var host = await LambdaSetup.StartAsync(
            LambdaSetup.Answering("""{"isBase64Encoded":true,"body":"*"}"""), static api => api.Definition.BinaryMediaTypes.Add("*/*"));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Answer_LargeBody_IsWhole()
    {
        var body = new string('x', 3_000_000);
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering($$"""{"body":"{{body}}"}"""));

        Assert.Equal(body, await host.GetTextAsync("/dev/x"));
    }

    [Fact]
    public async Task Answer_Over10Megabytes_500()
    {
        await using var host = await LambdaSetup.StartAsync(static (_, answer, _, _) =>
        {
            var piece = new byte[1024 * 1024];
            for (var i = 0; i < 11; i++)
            {
                answer.Write(piece);
            }

            return ValueTask.CompletedTask;
        });

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Answer_ToHead_HasNoBody()
    {
        await using var host = await LambdaSetup.StartAsync(LambdaSetup.Answering("""{"body":"12345"}"""));

        using var response = await host.SendAsync(HttpMethod.Head, "/dev/x");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(5, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task Answer_PlainProfile_RemapsNothing()
    {
        await using var host = await LambdaSetup.StartAsync(
            LambdaSetup.Answering("""{"headers":{"Server":"mine","X-A":"1"}}"""),
            static api => api.Definition.HeaderProfile = Middleware.Contracts.HeaderProfile.Plain);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal("1", Assert.Single(response.Headers.GetValues("X-A")));
        Assert.DoesNotContain(response.Headers, static header => header.Key.StartsWith("x-amzn-Remapped", StringComparison.OrdinalIgnoreCase));
        Assert.False(response.Headers.Contains("X-Amzn-Trace-Id"));
    }
}
