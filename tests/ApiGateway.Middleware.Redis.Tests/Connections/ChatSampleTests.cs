using System.Net.WebSockets;
using System.Text;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Tests.Throttling;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

/// <summary>The sample with rooms: two hosts, one Redis.</summary>
public sealed class ChatSampleTests
{
    [Fact]
    public async Task Room_OnTwoHosts_HearsAllAndWhoLeaves()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await GatewayProcess.StartAsync("WebSocketChat", server);
        await using var other = await GatewayProcess.StartAsync("WebSocketChat", server);
        using var ann = await ConnectAsync(one);
        using var bob = await ConnectAsync(other);

        await SendAsync(ann, """{"action":"join","room":"r","name":"ann"}""");
        var annIsHere = await ChatNode.ReceiveAsync(ann);
        await SendAsync(bob, """{"action":"join","room":"r","name":"bob"}""");
        string[] bobIsHere = [await ChatNode.ReceiveAsync(ann), await ChatNode.ReceiveAsync(bob)];
        await SendAsync(ann, """{"action":"say","text":"hi"}""");
        string[] said = [await ChatNode.ReceiveAsync(ann), await ChatNode.ReceiveAsync(bob)];
        await SendAsync(bob, """{"action":"join","room":""}""");
        var refused = await ChatNode.ReceiveAsync(bob);
        await bob.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();
        var left = await ChatNode.ReceiveAsync(ann);
        var page = await one.Client.GetStringAsync("/");

        Assert.Equal("""{"from":"*","text":"ann is here"}""", annIsHere);
        Assert.All(bobIsHere, static text => Assert.Equal("""{"from":"*","text":"bob is here"}""", text));
        Assert.All(said, static text => Assert.Equal("""{"from":"ann","text":"hi"}""", text));
        Assert.StartsWith("{\"message\" : \"Bad request body\"", refused, StringComparison.Ordinal);
        Assert.Equal("""{"from":"*","text":"bob has left"}""", left);
        Assert.Contains("new WebSocket(", page, StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> ConnectAsync(GatewayProcess process)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(process.Client.BaseAddress!.AbsoluteUri.Replace("http:", "ws:", StringComparison.Ordinal) + "prod"), default).InTime();
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default).InTime();
}
