using System.Net.WebSockets;
using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>How connections end, and what <c>$disconnect</c> is told.</summary>
public sealed class CloseTests
{
    private static readonly string Routes = $$""" "$disconnect": {{ChatApi.Lambda("end")}}, "$default": {{ChatApi.Lambda("echo", isTwoWay: true)}} """;

    [Theory]
    [InlineData(1000, "bye")]
    [InlineData(1001, "")]
    [InlineData(4321, "my own")]
    public async Task Client_Closes_ItsCodeAndReason(int status, string reason)
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();

        await socket.CloseAsync(status, reason);

        Assert.Equal(status, (int?)socket.Socket.CloseStatus);
        await AssertDisconnectedAsync(api, status, reason);
    }

    [Fact]
    public async Task Client_ClosesWithoutStatus_1005()
    {
        await using var api = await StartAsync();
        await using var connection = await OpenRawAsync(api);

        await connection.SendAsync("\u0088\u0080\0\0\0\0");

        Assert.Equal("8800", Convert.ToHexString(System.Text.Encoding.Latin1.GetBytes(await connection.ReadToEndAsync())));
        await AssertDisconnectedAsync(api, 1005, "Client-side close frame status not set");
    }

    [Theory]
    [InlineData(new byte[] { 0x88, 0x82, 0, 0, 0, 0, 0x03, 0xED })]
    [InlineData(new byte[] { 0x81, 0x04, 0x61, 0x61, 0x61, 0x61 })]
    [InlineData(new byte[] { 0xF1, 0x80, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0x80, 0x80, 0, 0, 0, 0 })]
    public async Task Client_BreaksTheProtocol_1002(byte[] frame)
    {
        await using var api = await StartAsync();
        await using var connection = await OpenRawAsync(api);

        await connection.SendAsync(System.Text.Encoding.Latin1.GetString(frame));

        Assert.Equal("\u0088\u0002\u0003\u00EA", await connection.ReadAsync(4));
        await AssertDisconnectedAsync(api, 1002, "");
    }

    [Fact]
    public async Task Client_Vanishes_1006()
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();
        await socket.SendAsync("x");
        await socket.ReceiveAsync();
        await api.NextEventAsync();

        socket.Socket.Abort();

        await AssertDisconnectedAsync(api, 1006, "");
    }

    [Fact]
    public async Task Message_Of131072Bytes_Taken()
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync(new string('x', 131_072));

        Assert.Equal(131_072, (await api.NextEventAsync()).GetProperty("body").GetString()!.Length);
        Assert.Equal("ok", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Message_Of131073Bytes_1009()
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync(new string('x', 131_073));

        Assert.Equal(1009, (await socket.UntilClosedAsync()).Status);
        await AssertDisconnectedAsync(api, 1009, "");
    }

    [Fact]
    public async Task Frame_LongerThanTheOption_1009()
    {
        await using var api = await new ChatApi().Function("echo").StartAsync(
            $""" "$disconnect": {ChatApi.Lambda("echo")}, "$default": {ChatApi.Lambda("echo", isTwoWay: true)} """, more: """ "WebSockets": { "MaxFrameBytes": 32768 }, """);
        await using var socket = await api.ConnectAsync();

        // Two frames, each as long as it may be.
        await socket.Socket.SendAsync(new byte[32_768], WebSocketMessageType.Text, false, default).InTime();
        await socket.Socket.SendAsync(new byte[32_768], WebSocketMessageType.Text, true, default).InTime();
        var taken = await api.NextEventAsync();
        await socket.Socket.SendAsync(new byte[32_769], WebSocketMessageType.Text, true, default).InTime();

        Assert.Equal(65_536, taken.GetProperty("body").GetString()!.Length);
        Assert.Equal(1009, (await socket.UntilClosedAsync()).Status);
        await AssertDisconnectedAsync(api, 1009, "");
    }

    [Fact]
    public async Task Message_Binary_1003()
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();

        await socket.Socket.SendAsync(new byte[] { 1, 2 }, WebSocketMessageType.Binary, true, default).InTime();

        Assert.Equal(1003, (await socket.UntilClosedAsync()).Status);
        await AssertDisconnectedAsync(api, 1003, "");
    }

    [Fact]
    public async Task Message_NoUtf8_1007()
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();

        await socket.Socket.SendAsync(new byte[] { 0xC3, 0x28 }, WebSocketMessageType.Text, true, default).InTime();

        Assert.Equal(1007, (await socket.UntilClosedAsync()).Status);
        await AssertDisconnectedAsync(api, 1007, "");
    }

    [Fact]
    public async Task Idle_TenMinutes_1001()
    {
        var time = new ManualTimeProvider();
        await using var api = await StartAsync(time);
        await using var socket = await api.ConnectAsync();
        await socket.SendAsync("x");
        await socket.ReceiveAsync();
        await api.NextEventAsync();

        for (var i = 0; i < 602; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((1001, "Going away"), await socket.UntilClosedAsync());
        await AssertDisconnectedAsync(api, 1001, "Going away");
    }

    [Fact]
    public async Task Lifetime_TwoHours_1001WhateverTheTraffic()
    {
        var time = new ManualTimeProvider();
        await using var api = await StartAsync(time);
        await using var socket = await api.ConnectAsync();

        for (var i = 0; i < 23; i++)
        {
            time.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal("ok", await socket.AskAsync("x"));
            await api.NextEventAsync();
        }

        for (var i = 0; i < 302; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((1001, "Going away"), await socket.UntilClosedAsync());
        await AssertDisconnectedAsync(api, 1001, "Going away");
    }

    [Fact]
    public async Task Host_Stops_1001AndDisconnectRuns()
    {
        var ended = new TaskCompletionSource<JsonElement>();
        await using var api = await new ChatApi().Function("end", json =>
        {
            ended.SetResult(json);
            return "{\"statusCode\":200}";
        }).StartAsync($$""" "$disconnect": {{ChatApi.Lambda("end")}} """);
        await using var socket = await api.ConnectAsync();

        var stopping = api.Host.StopAsync();

        Assert.Equal((1001, "Going away"), await socket.UntilClosedAsync());
        await stopping.InTime();
        Assert.Equal(1001, (await ended.Task.InTime()).GetProperty("requestContext").GetProperty("disconnectStatusCode").GetInt32());
    }

    [Fact]
    public async Task Disconnect_EventOfTheGuide()
    {
        await using var api = await StartAsync();
        await using var socket = await api.ConnectAsync();

        await socket.CloseAsync(1000, "bye");

        var json = await api.NextEventAsync();
        Assert.Equal(["headers", "multiValueHeaders", "requestContext", "isBase64Encoded"], json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(["Host", "x-api-key", "X-Forwarded-For", "x-restapi"], json.GetProperty("headers").EnumerateObject().Select(static member => member.Name));
        Assert.Equal("$disconnect", json.GetProperty("requestContext").GetProperty("routeKey").GetString());
        Assert.Equal("DISCONNECT", json.GetProperty("requestContext").GetProperty("eventType").GetString());
    }

    [Fact]
    public async Task Disconnect_Throws_NobodyIsTold()
    {
        await using var api = await new ChatApi().Function("end", (string?)null).StartAsync($$""" "$disconnect": {{ChatApi.Lambda("end")}} """);
        await using var socket = await api.ConnectAsync();

        await socket.CloseAsync();

        await api.NextEventAsync();
        await api.Host.Logs.NextAsync("DisconnectRefused");
    }

    private static async Task<RawConnection> OpenRawAsync(ChatApi api)
    {
        var connection = await api.Host.ConnectAsync();
        await connection.SendAsync(
            "GET /prod HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        await connection.ReadHeadAsync();
        return connection;
    }

    private static Task<ChatApi> StartAsync(ManualTimeProvider? time = null)
    {
        var api = new ChatApi().Function("end").Function("echo", """{"statusCode":200,"body":"ok"}""");
        return (time is null ? api : api.At(time)).StartAsync(Routes);
    }

    private static async Task AssertDisconnectedAsync(ChatApi api, int status, string reason)
    {
        var context = (await api.NextEventAsync()).GetProperty("requestContext");
        Assert.Equal("DISCONNECT", context.GetProperty("eventType").GetString());
        Assert.Equal(status, context.GetProperty("disconnectStatusCode").GetInt32());
        Assert.Equal(reason, context.GetProperty("disconnectReason").GetString());
    }
}
