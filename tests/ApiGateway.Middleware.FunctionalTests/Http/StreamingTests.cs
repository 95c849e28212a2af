using System.Net;
using System.Net.WebSockets;
using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.Http;

/// <summary>Bodies flow through piece by piece: the next piece is sent only when the one before has arrived at the other end.</summary>
public sealed class StreamingTests
{
    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Response_EachPiece_ArrivesBeforeTheNextIsSent(HttpProtocols backendProtocols)
    {
        using var next = new SemaphoreSlim(0);
        await using var backend = await TestBackend.StartRawAsync(
            async http =>
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.Body.FlushAsync();
                for (var i = 0; i < 3; i++)
                {
                    await next.WaitAsync();
                    await http.Response.WriteAsync($"data: {i}\n\n");
                    await http.Response.Body.FlushAsync();
                }
            },
            backendProtocols);
        await using var host = await StartAsync("GET /x", backend.Url, isHttp2: backendProtocols == HttpProtocols.Http2);

        // The headers arrive while there is no event yet: a browser's EventSource opens then.
        using var response = await host.GetAsync("/dev/x").InTime();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        for (var i = 0; i < 3; i++)
        {
            next.Release();
            Assert.Equal($"data: {i}", await reader.ReadLineAsync().InTime());
            Assert.Equal("", await reader.ReadLineAsync().InTime());
        }

        Assert.Null(await reader.ReadLineAsync().InTime());
    }

    [Fact]
    public async Task Request_EachPiece_ArrivesBeforeTheNextIsSent()
    {
        using var arrived = new SemaphoreSlim(0);
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            var buffer = new byte[1];
            while (await http.Request.Body.ReadAsync(buffer) > 0)
            {
                arrived.Release();
            }

            await http.Response.WriteAsync("done");
        });
        await using var host = await StartAsync("POST /x", backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Transfer-Encoding: chunked");
        for (var i = 0; i < 3; i++)
        {
            await connection.SendAsync("1\r\na\r\n");
            Assert.True(await arrived.WaitAsync(Wait.Limit));
        }

        await connection.SendAsync("0\r\n\r\n");
        Assert.Contains("done", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_BothDirectionsAtOnce_LikeAGrpcCallWithTrailers()
    {
        await using var backend = await TestBackend.StartRawAsync(EchoWithTrailersAsync, HttpProtocols.Http2);
        await using var host = await StartHttp2Async("POST /svc/{method}", backend.Url);
        var pieces = new PieceContent();
        var request = new HttpRequestMessage(HttpMethod.Post, "/dev/svc/Chat")
        {
            Content = pieces,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        request.Headers.TE.ParseAdd("trailers");

        var sending = host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await pieces.WriteAsync("a");
        using var response = await sending.InTime();
        var body = await response.Content.ReadAsStreamAsync();
        foreach (var piece in (string[])["a", "b", "c"])
        {
            if (piece != "a")
            {
                await pieces.WriteAsync(piece);
            }

            var buffer = new byte[1];
            await body.ReadExactlyAsync(buffer).AsTask().InTime();
            Assert.Equal(piece, Encoding.ASCII.GetString(buffer));
        }

        pieces.Complete();
        Assert.Equal(0, await body.ReadAsync(new byte[1]).InTime());
        Assert.Equal("application/grpc", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("te=trailers HTTP/2", response.TrailingHeaders.GetValues("grpc-message").Single());
    }

    [Fact]
    public async Task Exchange_TrailersOnlyAnswer_Passes()
    {
        await using var backend = await TestBackend.StartRawAsync(
            static http =>
            {
                http.Response.ContentType = "application/grpc";
                http.Response.AppendTrailer("grpc-status", "12");
                return Task.CompletedTask;
            },
            HttpProtocols.Http2);
        await using var host = await StartHttp2Async("POST /x", backend.Url);

        using var response = await host.Client.PostAsync("/dev/x", new ByteArrayContent([0, 0, 0, 0, 0]));
        await response.Content.ReadAsByteArrayAsync();

        var status = response.TrailingHeaders.TryGetValues("grpc-status", out var trailing) ? trailing : response.Headers.GetValues("grpc-status");
        Assert.Equal("12", status.Single());
    }

    [Fact]
    public async Task Exchange_BackendSpeaksFirst_GetsTheHeadersWithoutABody()
    {
        await using var backend = await TestBackend.StartRawAsync(
            static async http =>
            {
                await http.Response.WriteAsync("1");
                await http.Response.Body.FlushAsync();
                await http.Request.Body.CopyToAsync(Stream.Null);
            },
            HttpProtocols.Http2);
        await using var host = await StartAsync("POST /x", backend.Url, isHttp2: true);

        // On a fresh connection the greetings of both sides carry the headers along; later nothing does.
        for (var i = 0; i < 3; i++)
        {
            await using var connection = await host.ConnectAsync();

            await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Transfer-Encoding: chunked");
            await connection.ReadHeadAsync();
            Assert.Equal("1\r\n1\r\n", await connection.ReadAsync(6));
            await connection.SendAsync("0\r\n\r\n");

            Assert.Equal("0\r\n\r\n", await connection.ReadToEndAsync());
        }
    }

    [Fact]
    public async Task Exchange_SilentAfterTheLastPieceOfTheClient_LivesAsLongAsAnAnswerMayBeSilent()
    {
        var time = new ManualTimeProvider();
        using var next = new SemaphoreSlim(0);
        var gotPiece = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(
            async http =>
            {
                await http.Response.WriteAsync("1");
                await http.Response.Body.FlushAsync();
                await http.Request.Body.ReadExactlyAsync(new byte[1]);
                gotPiece.SetResult();
                await next.WaitAsync();
                await http.Response.WriteAsync("2");
            },
            HttpProtocols.Http2);
        await using var host = await StartAsync("POST /x", backend.Url, isHttp2: true, time: time);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Transfer-Encoding: chunked");
        await connection.ReadHeadAsync();
        Assert.Equal("1\r\n1\r\n", await connection.ReadAsync(6));
        await connection.SendAsync("1\r\na\r\n");
        await gotPiece.Task.InTime();
        time.Advance(TimeSpan.FromMinutes(4));
        next.Release();

        Assert.Equal("1\r\n2\r\n", await connection.ReadAsync(6));
    }

    [Fact]
    public async Task Response_SilentInTheMiddleForTooLong_IsAborted()
    {
        var time = new ManualTimeProvider();
        var gone = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            http.RequestAborted.Register(gone.SetResult);
            await http.Response.WriteAsync("1");
            await http.Response.Body.FlushAsync();
            await gone.Task;
        });
        await using var host = await StartAsync("GET /x", backend.Url, time: time);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /dev/x HTTP/1.1");
        await connection.ReadHeadAsync();
        Assert.Equal("1\r\n1\r\n", await connection.ReadAsync(6));
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("", await connection.ReadToEndAsync());
        await gone.Task.InTime();
    }

    [Fact]
    public async Task Request_UploadLongerThanTheTimeoutButNeverSilent_IsNotCutOff()
    {
        var time = new ManualTimeProvider();
        using var arrived = new SemaphoreSlim(0);
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            var buffer = new byte[1];
            while (await http.Request.Body.ReadAsync(buffer) > 0)
            {
                arrived.Release();
            }

            await http.Response.WriteAsync("done");
        });
        await using var host = await StartAsync("POST /x", backend.Url, time: time);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Transfer-Encoding: chunked");
        for (var i = 0; i < 5; i++)
        {
            await connection.SendAsync("1\r\na\r\n");
            Assert.True(await arrived.WaitAsync(Wait.Limit));
            time.Advance(TimeSpan.FromSeconds(28));
        }

        await connection.SendAsync("0\r\n\r\n");
        Assert.Contains("done", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_Leaves_BackendIsCancelled(bool isStreaming)
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            http.RequestAborted.Register(gone.SetResult);
            arrived.SetResult();
            await gone.Task;
        });
        await using var host = await StartAsync("GET /x", backend.Url, isStreaming: isStreaming);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /dev/x HTTP/1.1");
        await arrived.Task.InTime();
        connection.Reset();

        await gone.Task.InTime();
        Assert.Equal(0, host.Logs.Count("RequestFailed"));
    }

    [Fact]
    public async Task Client_LeavesInTheMiddleOfItsUpload_BackendIsCancelled()
    {
        var gone = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            http.RequestAborted.Register(gone.SetResult);
            await http.Request.Body.ReadExactlyAsync(new byte[4]);
            arrived.SetResult();
            await gone.Task;
        });
        await using var host = await StartAsync("POST /x", backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Content-Length: 100");
        await connection.SendAsync("half");
        await arrived.Task.InTime();
        connection.Reset();

        await gone.Task.InTime();
    }

    [Fact]
    public async Task Backend_AnswersWithoutReadingTheBody_ClientGetsTheAnswer()
    {
        await using var backend = await TestBackend.StartRawAsync(
            static http =>
            {
                http.Response.StatusCode = 401;
                return http.Response.WriteAsync("no");
            },
            HttpProtocols.Http2);
        await using var host = await StartAsync("POST /x", backend.Url, isHttp2: true);
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync("POST /dev/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");

        Assert.StartsWith("HTTP/1.1 401", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExpectContinue_IsAnsweredByTheServerAndNotForwarded()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("POST /x", backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Content-Length: 4", "Expect: 100-continue");
        Assert.StartsWith("HTTP/1.1 100", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        await connection.SendAsync("body");

        Assert.StartsWith("HTTP/1.1 200", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        var received = await backend.NextAsync();
        Assert.Equal("body", received.Text);
        Assert.Null(received["Expect"]);
    }

    [Fact]
    public async Task ExpectContinue_RefusedRoute_IsAnsweredWithoutTheBody()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("POST /x", backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/nothing HTTP/1.1", "Content-Length: 4", "Expect: 100-continue");

        Assert.StartsWith("HTTP/1.1 403", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebSocket_FramesPassBothWaysAndCloseEndsBoth()
    {
        await using var backend = await TestBackend.StartRawAsync(static async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync("chat");
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, default) is { MessageType: not WebSocketMessageType.Close } received)
            {
                var text = $"{http.Request.Path}{http.Request.QueryString}:{Encoding.UTF8.GetString(buffer, 0, received.Count)}";
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
            }

            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
        });
        await using var host = await StartAsync("GET /x", backend.Url);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("chat");

        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/dev/x?room=1"), default).InTime();

        Assert.Equal("chat", client.SubProtocol);
        var buffer = new byte[1024];
        foreach (var text in (string[])["one", "two"])
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
            var answer = await client.ReceiveAsync(buffer, default).InTime();
            Assert.Equal($"/x?room=1:{text}", Encoding.UTF8.GetString(buffer, 0, answer.Count));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).InTime();
        Assert.Equal("bye", client.CloseStatusDescription);
    }

    [Fact]
    public async Task WebSocket_BackendRefuses_ClientGetsTheAnswer()
    {
        await using var backend = await TestBackend.StartRawAsync(static http =>
        {
            http.Response.StatusCode = 403;
            return http.Response.WriteAsync("no");
        });
        await using var host = await StartAsync("GET /x", backend.Url);
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/dev/x"), default).InTime());

        Assert.Equal(HttpStatusCode.Forbidden, client.HttpStatusCode);
    }

    [Fact]
    public async Task WebSocket_ClientVanishes_BackendIsTold()
    {
        var gone = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            try
            {
                await socket.ReceiveAsync(new byte[1], default);
            }
            catch (WebSocketException)
            {
                gone.SetResult();
            }
        });
        await using var host = await StartAsync("GET /x", backend.Url);
        var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/dev/x"), default).InTime();

        client.Abort();

        await gone.Task.InTime();
    }

    [Theory]
    [InlineData("h2c", "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA")]
    [InlineData("custom", "X-Other: 1")]
    public async Task Upgrade_ToAnythingButWebSocket_IsNotForwarded(string protocol, string header)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("ANY /x", backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync(
            $"GET /dev/x HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: {protocol}\r\n{header}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        var received = await backend.NextAsync();
        Assert.Null(received["Upgrade"]);
        Assert.Null(received["HTTP2-Settings"]);
    }

    private static Task<TestHost> StartHttp2Async(string route, string url) => StartAsync(route, url, isHttp2: true, protocols: HttpProtocols.Http2);

    private static Task<TestHost> StartAsync(
        string route, string url, bool isStreaming = true, bool isHttp2 = false, TimeProvider? time = null,
        HttpProtocols protocols = HttpProtocols.Http1) => TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Protocols = protocols,
            Gateway = gateway => gateway.AddRestApi("api", api => api
                .Map(route, method => method.HttpProxy(url + "/x", integration =>
                {
                    integration.Streaming = isStreaming;
                    integration.HttpVersion = isHttp2 ? "2" : null;
                }))
                .Stage("dev")),
        });

    private static async Task EchoWithTrailersAsync(HttpContext http)
    {
        http.Response.ContentType = http.Request.ContentType;
        var buffer = new byte[1];
        while (await http.Request.Body.ReadAsync(buffer) is 1)
        {
            await http.Response.Body.WriteAsync(buffer);
            await http.Response.Body.FlushAsync();
        }

        http.Response.AppendTrailer("grpc-status", "0");
        http.Response.AppendTrailer("grpc-message", $"te={http.Request.Headers.TE} {http.Request.Protocol}");
    }
}
