using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>Clients that do not read, and the order of what they get.</summary>
public sealed class SlowClientTests
{
    [Fact]
    public async Task Client_DoesNotRead_PostsAreRefusedOnceEnoughWaits()
    {
        await using var api = await new ChatApi().Function("echo").StartAsync($$""" "$default": {{ChatApi.Lambda("echo")}} """);
        await using var socket = await api.ConnectAsync();
        await socket.SendAsync("who");
        var id = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString()!;
        var message = new byte[131_072];
        message.AsSpan().Fill((byte)'x');

        // The transport takes some megabytes, then the queue its megabyte; the posts themselves never wait for the client.
        var outcome = ConnectionOutcome.Delivered;
        var sent = 0;
        while (outcome == ConnectionOutcome.Delivered && sent < 1_000)
        {
            var posting = api.Connections.PostAsync(id, message, TestContext.Current.CancellationToken);
            Assert.True(posting.IsCompleted);
            outcome = await posting;
            sent++;
        }

        // The transport may have taken some more meanwhile.
        var post = await api.CallAsync(HttpMethod.Post, id, message);
        while (post.StatusCode == HttpStatusCode.OK && sent < 1_000)
        {
            sent++;
            post.Dispose();
            post = await api.CallAsync(HttpMethod.Post, id, message);
        }

        Assert.Equal(ConnectionOutcome.Limited, outcome);
        Assert.Equal(HttpStatusCode.TooManyRequests, post.StatusCode);
        Assert.Equal("LimitExceededException", post.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal("""{"message":"Too Many Requests"}""", await post.Content.ReadAsStringAsync());

        post.Dispose();

        // Once the client reads, all that was taken comes.
        for (var i = 0; i < sent - 1; i++)
        {
            Assert.Equal(131_072, (await socket.ReceiveAsync()).Length);
        }

        Assert.Equal(ConnectionOutcome.Delivered, await api.Connections.PostAsync(id, "again", TestContext.Current.CancellationToken));
        Assert.Equal("again", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Posts_OfManyToMany_KeepTheOrderOfEachConnection()
    {
        const int Connections = 100;
        const int Posts = 100_000;
        await using var api = await new ChatApi().Function("echo").StartAsync(
            $$""" "$default": {{ChatApi.Lambda("echo")}} """, more: """ "WebSockets": { "SendQueueMessages": 2000 }, """);
        var sockets = new TestSocket[Connections];
        var ids = new string[Connections];
        for (var i = 0; i < Connections; i++)
        {
            sockets[i] = await api.ConnectAsync();
            await sockets[i].SendAsync("who");
            ids[i] = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString()!;
        }

        // Each connection has one sender; the senders share the threads.
        var posting = Parallel.ForAsync(0, Connections, TestContext.Current.CancellationToken, async (number, cancellationToken) =>
        {
            for (var i = 0; i < Posts / Connections; i++)
            {
                Assert.Equal(ConnectionOutcome.Delivered, await api.Connections.PostAsync(ids[number], $"{i}", cancellationToken));
            }
        });
        await Parallel.ForAsync(0, Connections, TestContext.Current.CancellationToken, async (number, _) =>
        {
            for (var i = 0; i < Posts / Connections; i++)
            {
                Assert.Equal($"{i}", await sockets[number].ReceiveAsync());
            }
        });

        await posting;
        foreach (var socket in sockets)
        {
            await socket.DisposeAsync();
        }
    }

    [Fact]
    public async Task Messages_OfOneConnection_AreRunSixteenAtOnce()
    {
        var release = new TaskCompletionSource();
        await using var api = new ChatApi();
        api.Function("slow", async _ =>
        {
            await release.Task;
            return """{"statusCode":200,"body":"done"}""";
        });
        await api.StartAsync($$""" "$default": {{ChatApi.Lambda("slow", isTwoWay: true)}} """);
        await using var socket = await api.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            await socket.SendAsync($"{i}");
        }

        var started = new List<string>();
        for (var i = 0; i < 16; i++)
        {
            started.Add((await api.NextEventAsync()).GetProperty("body").GetString()!);
        }

        var waiting = api.EventCount;
        release.SetResult();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("done", await socket.ReceiveAsync());
        }

        Assert.Equal(Enumerable.Range(0, 16).Select(static i => $"{i}"), started);
        Assert.Equal(0, waiting);
        Assert.Equal(4, api.EventCount);
    }

    [Fact]
    public async Task Connection_ClosedFromEightSides_DisconnectRunsOnce()
    {
        for (var round = 0; round < 50; round++)
        {
            await using var api = await new ChatApi().Function("end").Function("echo")
                .StartAsync($$""" "$default": {{ChatApi.Lambda("echo")}}, "$disconnect": {{ChatApi.Lambda("end")}} """);
            await using var socket = await api.ConnectAsync();
            await socket.SendAsync("who");
            var id = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString()!;

            var closing = Enumerable.Range(0, 8).Select(number => number == 0 ? socket.CloseAsync() : Task.Run(async () => await api.Connections.CloseAsync(id)));
            await Task.WhenAll(closing).InTime();
            await api.NextEventAsync();
            await api.Host.StopAsync();

            Assert.Equal(0, api.EventCount);
        }
    }
}
