using System.Net;
using System.Net.WebSockets;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>Connections over HTTP/2.</summary>
public sealed class ExtendedConnectTests
{
    private static readonly string Routes =
        $$""" "$connect": {{ChatApi.Lambda("echo")}}, "$disconnect": {{ChatApi.Lambda("echo")}}, "$default": {{ChatApi.Lambda("echo", isTwoWay: true)}} """;

    [Fact]
    public async Task Connect_OverHttp2_MessagesAndItsEndAreAsOverHttp1()
    {
        await using var api = await StartAsync(""" "WebSockets": { "AllowExtendedConnect": true }, """);
        await using var socket = await ConnectAsync(api);

        var connect = await api.NextEventAsync();
        await socket.SendAsync("x");
        var message = await api.NextEventAsync();
        var answer = await socket.ReceiveAsync();
        var id = message.GetProperty("requestContext").GetProperty("connectionId").GetString()!;
        var posted = await api.Connections.PostAsync(id, "posted", TestContext.Current.CancellationToken);
        var received = await socket.ReceiveAsync();
        await socket.Socket.CloseAsync((WebSocketCloseStatus)4000, "bye", default).InTime();
        var end = (await api.NextEventAsync()).GetProperty("requestContext");

        Assert.Equal("CONNECT", connect.GetProperty("requestContext").GetProperty("eventType").GetString());
        Assert.Equal(("ok", Contracts.ConnectionOutcome.Delivered, "posted"), (answer, posted, received));
        Assert.Equal((4000, "bye"), (end.GetProperty("disconnectStatusCode").GetInt32(), end.GetProperty("disconnectReason").GetString()));
        Assert.Equal(id, end.GetProperty("connectionId").GetString());
    }

    [Fact]
    public async Task Connect_OverHttp2ByDefault_IsRefused()
    {
        await using var api = await StartAsync("");

        var failure = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(api));

        Assert.Contains("426", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, api.EventCount);
    }

    private static Task<ChatApi> StartAsync(string more) =>
        new ChatApi().Over(HttpProtocols.Http2).Function("echo", """{"statusCode":200,"body":"ok"}""").StartAsync(Routes, more: more);

    private static async Task<TestSocket> ConnectAsync(ChatApi api)
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = HttpVersion.Version20;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler(), disposeHandler: false);
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{api.Host.Port}/prod"), invoker, default).InTime();
        return new TestSocket(client);
    }
}
