using System.IO.Pipelines;
using System.Net;
using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.Lambda;

/// <summary>Answers that are handed on piece by piece.</summary>
public sealed class StreamingTests
{
    private const string Head = """{"statusCode":201,"headers":{"Content-Type":"text/plain"},"cookies":["a=b"]}""";

    private static readonly string Nuls = new('\0', 8);

    [Fact]
    public async Task Stream_FirstPiece_ArrivesBeforeTheLastIsWritten()
    {
        var arrived = new TaskCompletionSource();
        await using var host = await LambdaSetup.StartAsync(
            async (_, answer, _, cancellationToken) =>
            {
                var writer = Assert.IsAssignableFrom<PipeWriter>(answer);
                await writer.WriteAsync(Encoding.UTF8.GetBytes(Head + "\0\0\0"), cancellationToken);
                await writer.WriteAsync(Encoding.UTF8.GetBytes("\0\0\0\0\0first"), cancellationToken);
                await arrived.Task;
                await writer.WriteAsync(" last"u8.ToArray(), cancellationToken);
            },
            static api => api.Definition.Methods[0].Integration!.StreamsResponse = true);

        using var response = await host.GetAsync("/dev/x");
        await using var body = await response.Content.ReadAsStreamAsync();
        var first = new byte[5];
        await body.ReadExactlyAsync(first).AsTask().InTime();
        arrived.SetResult();
        using var rest = new StreamReader(body);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("a=b", Assert.Single(response.Headers.GetValues("Set-Cookie")));
        Assert.Equal("first", Encoding.UTF8.GetString(first));
        Assert.Equal(" last", await rest.ReadToEndAsync());
    }

    [Theory]
    [InlineData("""{"statusCode":200,"body":"x"}""")]
    [InlineData(Head)]
    [InlineData("")]
    public async Task Stream_WithoutDelimiter_502(string payload)
    {
        await using var host = await LambdaSetup.StartAsync(
            LambdaSetup.Answering(payload), static api => api.Definition.Methods[0].Integration!.StreamsResponse = true);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, status: 502);
    }

    [Fact]
    public async Task Stream_BreaksOff_ClientSeesIt()
    {
        await using var host = await LambdaSetup.StartAsync(
            static async (_, answer, _, cancellationToken) =>
            {
                await ((PipeWriter)answer).WriteAsync(Encoding.UTF8.GetBytes("{}" + Nuls + "half"), cancellationToken);
                throw new InvalidOperationException("broken");
            },
            static api => api.Definition.Methods[0].Integration!.StreamsResponse = true);

        // The reset may overtake the headers.
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var response = await host.GetAsync("/dev/x");
            await response.Content.ReadAsStringAsync();
        });
    }

    [Fact]
    public async Task Stream_FramesOfTheInvokeApi_AreTakenApart()
    {
        // Two chunks and the end, as 'application/vnd.amazon.eventstream'.
        var frames = Frame("PayloadChunk", Encoding.UTF8.GetBytes("{\"statusCode\":202}" + Nuls + "one "))
            .Concat(Frame("PayloadChunk", "two"u8.ToArray())).Concat(Frame("InvokeComplete", "{}"u8.ToArray())).ToArray();
        await using var lambda = await TestBackend.StartAsync(async http =>
        {
            http.Response.ContentType = "application/vnd.amazon.eventstream";
            foreach (var piece in frames.Chunk(7))
            {
                await http.Response.Body.WriteAsync(piece);
                await http.Response.Body.FlushAsync();
            }
        });
        await using var host = await LambdaSetup.StartAsync(
            $$"""{ "Endpoint": "{{lambda.Url}}" }""", static api => api.Definition.Methods[0].Integration!.StreamsResponse = true);

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal("one two", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/2021-11-15/functions/orders/response-streaming-invocations?Qualifier=live", (await lambda.NextAsync()).Target);
    }

    private static byte[] Frame(string type, byte[] payload)
    {
        byte[] headers = [11, .. ":event-type"u8, 7, 0, (byte)type.Length, .. Encoding.UTF8.GetBytes(type)];
        byte[] start = [.. BigEndian((uint)(headers.Length + payload.Length + 16)), .. BigEndian((uint)headers.Length)];
        byte[] message = [.. start, .. BigEndian(Crc(start)), .. headers, .. payload];
        return [.. message, .. BigEndian(Crc(message))];
    }

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    // Bit by bit, so that it has nothing in common with the code it tests.
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
