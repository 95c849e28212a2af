using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Tests.Harness;
using ApiGateway.Middleware.Redis.Tests.Throttling;

namespace ApiGateway.Middleware.Redis.Tests.Connections;

/// <summary>Several nodes that share their connections by a real server.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Post_FromAnotherNode_ArrivesInOrder()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        using var opened = socket;

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(ConnectionOutcome.Delivered, await other.Connections.PostAsync(id, $"{i}", TestContext.Current.CancellationToken));
        }

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal($"{i}", await ChatNode.ReceiveAsync(socket));
        }

        Assert.Equal(ConnectionOutcome.TooLarge, await other.Connections.PostAsync(id, new byte[131_073], TestContext.Current.CancellationToken));
        Assert.Equal(ConnectionOutcome.Gone, await other.Connections.PostAsync("VNRUSeldSwMCIRQ=", "x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Callback_OnAnotherNode_AnswersAsOnItsOwn()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        using var opened = socket;
        using var client = new HttpClient { BaseAddress = new Uri(other.Url) };
        var target = new Uri($"/live/@connections/{Uri.EscapeDataString(id)}", UriKind.Relative);

        using var get = await client.GetAsync(target);
        using var post = await client.PostAsync(target, new StringContent("hi"));
        var message = await ChatNode.ReceiveAsync(socket);
        using var delete = await client.DeleteAsync(target);
        var closed = await ChatNode.ReceiveAsync(socket);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        var ended = await one.NextEndAsync();
        using var again = await client.PostAsync(target, new StringContent("hi"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.Gone), (get.StatusCode, post.StatusCode, delete.StatusCode, again.StatusCode));
        Assert.Contains("\"sourceIp\":\"127.0.0.1\"", await get.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("hi", "close 1000"), (message, closed));
        Assert.Equal((id, (int?)1000), ended);
        Assert.Equal(0, other.EndedCount);
    }

    [Fact]
    public async Task Node_Killed_AnotherRunsEachDisconnectOnce()
    {
        const int Count = 1_000;
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var process = await GatewayProcess.StartAsync(
            server, "Apis:chat:ProtocolType=WEBSOCKET", "Apis:chat:RouteSelectionExpression=$request.body.action", "Apis:chat:Stages:live:Description=x",
            "Apis:chat:Routes:$default:Integration:Type=MOCK", "WebSockets:HeartbeatInterval=00:00:00.2", "WebSockets:NodeSilence=00:00:01");
        var url = process.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var sockets = new ConcurrentBag<ClientWebSocket>();
        var ids = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, Count, TestContext.Current.CancellationToken, async (_, cancellationToken) =>
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri(url.Replace("http:", "ws:", StringComparison.Ordinal) + "/live"), cancellationToken);
            await socket.SendAsync("x"u8.ToArray(), WebSocketMessageType.Text, true, cancellationToken);
            var frame = System.Text.Json.JsonElement.Parse(await ChatNode.ReceiveAsync(socket));
            ids.Add(frame.GetProperty("connectionId").GetString()!);
            sockets.Add(socket);
        });
        Assert.Equal(Count, ids.Distinct().Count());

        await process.DisposeAsync();

        var ended = new List<(string Id, int? Status)>();
        while (ended.Count < Count)
        {
            await Wait.UntilAsync(() => one.EndedCount + other.EndedCount > 0);
            foreach (var node in (ChatNode[])[one, other])
            {
                while (node.EndedCount > 0)
                {
                    ended.Add(await node.NextEndAsync());
                }
            }
        }

        var posted = await one.Connections.PostAsync(ids.First(), "x", TestContext.Current.CancellationToken);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ended.Select(static end => end.Id).Order(StringComparer.Ordinal));
        Assert.All(ended, static end => Assert.Equal(1006, end.Status));
        Assert.Equal(ConnectionOutcome.Gone, posted);
        Assert.Equal(0, one.EndedCount + other.EndedCount);
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }
    }

    [Fact]
    public async Task Redis_Frozen_NobodyIsTakenForDeadAndLocalConnectionsGoOn()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        using var opened = socket;

        server.Freeze();
        await Wait.UntilAsync(() => !one.Redis.IsUp && !other.Redis.IsUp);
        var local = await one.Connections.PostAsync(id, "local", TestContext.Current.CancellationToken);
        var remote = await other.Connections.PostAsync(id, "remote", TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(other.Url) };
        using var post = await client.PostAsync(new Uri($"/live/@connections/{Uri.EscapeDataString(id)}", UriKind.Relative), new StringContent("x"));
        var received = await ChatNode.ReceiveAsync(socket);

        // Longer than a node may be silent, by the server's clock, which goes on.
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        server.Thaw();
        await Wait.UntilAsync(async () => await other.Connections.PostAsync(id, "back") == ConnectionOutcome.Delivered);

        Assert.Equal((ConnectionOutcome.Delivered, "local"), (local, received));
        Assert.Equal(ConnectionOutcome.Failed, remote);
        Assert.Equal(HttpStatusCode.InternalServerError, post.StatusCode);
        Assert.Equal("InternalServerErrorException", post.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal("back", await ChatNode.ReceiveAsync(socket));
        Assert.Equal(0, one.EndedCount + other.EndedCount);
    }

    [Fact]
    public async Task Redis_KilledAndRestartedEmpty_TheRegistryIsRebuilt()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        var (leaving, leavingId) = await one.ConnectAsync();
        using var opened = socket;
        using var closing = leaving;

        await server.KillAsync();
        await Wait.UntilAsync(() => !one.Redis.IsUp && !other.Redis.IsUp);
        var failed = await other.Connections.PostAsync(id, "x", TestContext.Current.CancellationToken);
        await leaving.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();
        await server.RestartAsync();

        // What ended meanwhile is told once, and what goes on is found again.
        Assert.Equal((leavingId, (int?)1000), await one.NextEndAsync());
        await Wait.UntilAsync(async () => await other.Connections.PostAsync(id, "back") == ConnectionOutcome.Delivered);
        Assert.Equal(ConnectionOutcome.Failed, failed);
        Assert.Equal("back", await ChatNode.ReceiveAsync(socket));
        Assert.Equal(0, one.EndedCount + other.EndedCount);
    }

    [Fact]
    public async Task Node_Stops_ItsConnectionsAreClosedAndForgotten()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        using var opened = socket;

        var stopping = one.StopAsync();
        var closed = await ChatNode.ReceiveAsync(socket);
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, null, default);
        await stopping.InTime();

        Assert.Equal("close 1001", closed);
        Assert.Equal((id, (int?)1001), await one.NextEndAsync());
        Assert.Null(await other.Connections.FindAsync(id, TestContext.Current.CancellationToken));
        Assert.Equal(0, other.EndedCount);
    }
}
