using System.Net.WebSockets;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.WebSockets.Connections;
using ApiGateway.Middleware.WebSockets.Messages;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.WebSockets;

/// <summary>What does a message cost from the frame to the answer, beyond sending the same text by a bare socket?</summary>
[MemoryDiagnoser]
public class MessageBenchmark
{
    private readonly WebSocket _bare = Socket();
    private byte[] _message = [];
    private SocketConnection _connection = null!;
    private MessageRunner _runner = null!;
    private ServiceProvider? _provider;

    /// <summary>Gets or sets the length of the message, in bytes.</summary>
    [Params(100, 4000)]
    public int Body { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        const string Start = """{"action":"echo","data":" """;
        _message = Encoding.UTF8.GetBytes(Start.PadRight(Body - 2, 'x') + "\"}");
        _provider = BenchmarkGateway.CreateOf(static gateway => gateway
            .AddWebSocketHandler("echo", static async message => await message.ReplyAsync(message.Body))
            .AddWebSocketApi("chat", static api => api.Map("echo", static route => route.InProcess("echo")).Stage("prod")));
        _runner = _provider.GetRequiredService<MessageRunner>();
        _connection = new SocketConnection(
            new ClientConnection
            {
                ConnectionId = ConnectionIds.New(),
                ApiId = "chat",
                StageName = "prod",
                ConnectedAt = DateTimeOffset.UtcNow,
                Host = new HostString("localhost"),
                SourceIp = null,
                UserAgent = null,
            },
            Socket(), null, _runner, new ConnectionLimits(), TimeProvider.System);
        var echo = EchoThroughAHandler().AsTask();
        if (!echo.IsCompletedSuccessfully || Post() != ConnectionOutcome.Delivered)
        {
            throw new InvalidOperationException("The message was not answered.");
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _provider?.Dispose();
        _bare.Dispose();
    }

    [Benchmark(Baseline = true)]
    public ValueTask BareSend() => _bare.SendAsync(_message.AsMemory(), WebSocketMessageType.Text, true, CancellationToken.None);

    [Benchmark]
    public ConnectionOutcome Post() => _connection.Post(_message);

    [Benchmark]
    public ValueTask EchoThroughAHandler() => _runner.OnMessageAsync(_connection, _message);

    private static WebSocket Socket() => WebSocket.CreateFromStream(
        new SinkStream(), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
}
