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
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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
            Assert.Equal(ConnectionOutcome.Delivered, await other.Connections.PostAsync(id, $"{i}", Token));
        }

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal($"{i}", await ChatNode.ReceiveAsync(socket));
        }

        Assert.Equal(ConnectionOutcome.TooLarge, await other.Connections.PostAsync(id, new byte[131_073], Token));
        Assert.Equal(ConnectionOutcome.Gone, await other.Connections.PostAsync("VNRUSeldSwMCIRQ=", "x", Token));
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
        await Parallel.ForAsync(0, Count, Token, async (_, cancellationToken) =>
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

        var posted = await one.Connections.PostAsync(ids.First(), "x", Token);
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
    public async Task Redis_FrozenFor30Seconds_NobodyIsTakenForDeadAndLocalConnectionsGoOn()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        var (leaving, leavingId) = await one.ConnectAsync();
        using var opened = socket;
        using var closing = leaving;

        // Else the server would have to ask for the script of the removal first.
        var (first, _) = await one.ConnectAsync();
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();
        await one.NextEndAsync();

        server.Freeze();
        var started = TimeProvider.System.GetTimestamp();

        // Its removal is sent, for the server still counts as up; the answer comes too late.
        await leaving.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();
        await Wait.UntilAsync(() => !one.Redis.IsUp && !other.Redis.IsUp);
        var failed = await other.Connections.PostAsync(id, "remote", Token);
        using var client = new HttpClient { BaseAddress = new Uri(other.Url) };
        using var post = await client.PostAsync(new Uri($"/live/@connections/{Uri.EscapeDataString(id)}", UriKind.Relative), new StringContent("x"));
        do
        {
            Assert.Equal(ConnectionOutcome.Delivered, await one.Connections.PostAsync(id, "local", Token));
            Assert.Equal("local", await ChatNode.ReceiveAsync(socket));
            await socket.SendAsync("who"u8.ToArray(), WebSocketMessageType.Text, true, Token);
            Assert.Equal(id, await ChatNode.ReceiveAsync(socket));
            await Task.Delay(50, Token);
        }
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30));

        // 30 times as long as a node may be silent, by the server's clock, which went on.
        var endedMeanwhile = one.EndedCount + other.EndedCount;
        server.Thaw();
        await Wait.UntilAsync(async () => await other.Connections.PostAsync(id, "back") == ConnectionOutcome.Delivered);

        Assert.Equal(ConnectionOutcome.Failed, failed);
        Assert.Equal(HttpStatusCode.InternalServerError, post.StatusCode);
        Assert.Equal("InternalServerErrorException", post.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal("back", await ChatNode.ReceiveAsync(socket));
        Assert.Equal(0, endedMeanwhile);
        Assert.Equal((leavingId, (int?)1000), await one.NextEndAsync());
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
        var failed = await other.Connections.PostAsync(id, "x", Token);
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
    public async Task Redis_LosesAllData_TheRegistryIsRebuilt()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        using var opened = socket;

        await server.CommandAsync("FLUSHALL");
        await Wait.UntilAsync(async () => await other.Connections.PostAsync(id, "back") == ConnectionOutcome.Delivered);
        var received = await ChatNode.ReceiveAsync(socket);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();

        Assert.Equal("back", received);
        Assert.Equal((id, (int?)1000), await one.NextEndAsync());
        Assert.Equal(0, one.EndedCount + other.EndedCount);
    }

    [Fact]
    public async Task Redis_BreaksSubscriptions_PostsArriveAgain()
    {
        await using var server = await RedisServer.StartAsync();
        await using var one = await ChatNode.StartAsync(server);
        await using var other = await ChatNode.StartAsync(server);
        var (socket, id) = await one.ConnectAsync();
        using var opened = socket;

        await server.CommandAsync("CLIENT KILL TYPE pubsub");
        var tries = 0;
        await Wait.UntilAsync(async () => await other.Connections.PostAsync(id, $"{++tries}", Token) == ConnectionOutcome.Delivered);

        // What was answered Failed because nobody listened is not sent later.
        Assert.Equal($"{tries}", await ChatNode.ReceiveAsync(socket));
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
        Assert.Null(await other.Connections.FindAsync(id, Token));
        Assert.Equal(0, other.EndedCount);
    }
}
