using System.Text;
using ApiGateway.Middleware.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>Clients that send what comes: nothing fails, nothing is left behind, and each connection that was opened ends once.</summary>
public sealed class FuzzTests
{
    private const int Connections = 400;
    private const string Handshake =
        "GET /prod HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private static readonly string[] Pieces =
        ["{\"action\":", "\"a\"", "\"$connect\"", "\"\\ud800\"", "{", "}", "[", "]", ",", ":", "1e999", "null", "é", "\0", "\\", "\"", " "];

    [Fact]
    public async Task Frames_OfAnyKind_HarmNobody()
    {
        var ended = 0;
        var opened = 0;
        await using var api = await new ChatApi().Gateway(gateway => gateway
            .AddWebSocketHandler("connect", _ =>
            {
                Interlocked.Increment(ref opened);
                return default;
            })
            .AddWebSocketHandler("end", _ =>
            {
                Interlocked.Increment(ref ended);
                return default;
            })
            .AddWebSocketHandler("echo", static async message => await message.ReplyAsync(message.Text))).StartAsync(
            """
            "$connect": { "Integration": { "Type": "IN_PROCESS", "Handler": "connect" } },
            "$disconnect": { "Integration": { "Type": "IN_PROCESS", "Handler": "end" } },
            "a": { "ModelSelectionExpression": "$request.body.m", "RequestModels": { "$default": "m" }, "Integration": { "Type": "IN_PROCESS", "Handler": "echo" } },
            "$default": { "Integration": { "Type": "MOCK", "RequestTemplates": { "$default": "{\"statusCode\":200,\"x\":$input.json('$')}" },
              "RequestParameters": { "integration.request.header.x": "route.request.body.a" },
              "IntegrationResponses": [ { "IntegrationResponseKey": "$default", "ResponseTemplates": { "$default": "$util.escapeJavaScript($input.body)" } } ] },
              "RouteResponseSelectionExpression": "$default", "RouteResponses": { "$default": {} } }
            """, """ "Models": { "m": { "ContentType": "application/json", "Schema": { "type": "object", "required": [ "action" ] } } }, """);
        await Parallel.ForAsync(0, Connections, TestContext.Current.CancellationToken, async (number, _) =>
        {
            var random = new Random(number);
            await using var connection = await api.Host.ConnectAsync();
            await connection.SendAsync(Handshake);
            await connection.ReadHeadAsync();
            try
            {
                for (var i = random.Next(1, 20); i > 0; i--)
                {
                    await connection.SendAsync(Encoding.Latin1.GetString(Frame(random)));
                }
            }
            catch (IOException)
            {
                // The server has closed the connection: the frame was none.
            }
        });

        await using var socket = await api.ConnectAsync();
        Assert.Equal("""{"action":"a"}""", await socket.AskAsync("""{"action":"a"}"""));
        await socket.CloseAsync();
        await api.Host.StopAsync();
        Assert.Equal(Connections + 1, opened);
        Assert.Equal(opened, ended);
        Assert.DoesNotContain(api.Host.Logs.All, static entry => entry.Level >= LogLevel.Error);
    }

    private static byte[] Frame(Random random)
    {
        byte[] payload = random.Next(3) switch
        {
            0 => Bytes(random, random.Next(200)),
            1 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(15)).Select(_ => Pieces[random.Next(Pieces.Length)]))),
            _ => Encoding.UTF8.GetBytes("""{"action":"a","a":[1,{"b":2}]}"""),
        };

        // Mostly text, whole and masked; now and then anything else.
        var first = (byte)(random.Next(4) == 0 ? random.Next(256) : 0x81);
        var masks = random.Next(20) != 0;
        var second = (byte)((masks ? 0x80 : 0) | (payload.Length < 126 ? payload.Length : 126));
        byte[] size = payload.Length < 126 ? [] : [(byte)(payload.Length >> 8), (byte)payload.Length];
        byte[] mask = masks ? Bytes(random, 4) : [];
        if (masks)
        {
            payload = [.. payload.Select((value, index) => (byte)(value ^ mask[index % 4]))];
        }

        byte[] frame = [first, second, .. size, .. mask, .. payload];
        return random.Next(10) == 0 ? frame[..random.Next(frame.Length)] : frame;
    }

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
