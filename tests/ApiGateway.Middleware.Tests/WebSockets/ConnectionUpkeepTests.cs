using System.Diagnostics.Metrics;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Telemetry;
using ApiGateway.Middleware.WebSockets.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ApiGateway.Middleware.Tests.WebSockets;

public sealed class ConnectionUpkeepTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeRegistry _registry = new();
    private readonly FakeEvents _events = new();
    private readonly ConnectionLimits _limits = new() { SendQueueMessages = 8, SendQueueBytes = 10 };

    [Fact]
    public async Task Beat_HandlerOfDisconnectHangs_GoesOn()
    {
        var (host, upkeep) = Create();
        using var disposed = upkeep;
        var release = new TaskCompletionSource();
        _events.Handler = release.Task;
        host.Undecided.Enqueue(new UndecidedEnd(Client("a"), CloseReason.Lost, IsOurs: false));

        await upkeep.BeatAsync(default);
        await upkeep.BeatAsync(default);

        Assert.Equal(2, _registry.Beats);
        Assert.Equal(["a"], _events.Ended);
        release.SetResult();
    }

    [Fact]
    public async Task Beat_Orphans_AreEndedOnce()
    {
        var (_, upkeep) = Create();
        using var disposed = upkeep;
        _registry.Orphans = [ConnectionEntries.Write(Client("a"), "dead", default, TimeSpan.FromHours(2))];

        await upkeep.BeatAsync(default);
        _registry.Orphans = [];
        await upkeep.BeatAsync(default);

        Assert.Equal(["a"], _events.Ended);
    }

    [Fact]
    public async Task Beat_RegistryHasLostItsDataAndIsOut_AddsAgainUntilItHas()
    {
        var (host, upkeep) = Create();
        using var disposed = upkeep;
        using var socket = new SilentSocket();
        var running = host.RunAsync(socket, null, Client("a"), _events);
        var connection = Assert.Single(host.Open);

        (_registry.State, _registry.IsOut) = (NodeState.Unknown, true);
        await upkeep.BeatAsync(default);
        var whileOut = connection.IsRegistered;
        (_registry.State, _registry.IsOut) = (NodeState.Known, false);
        await upkeep.BeatAsync(default);

        Assert.False(whileOut);
        Assert.True(connection.IsRegistered);
        Assert.Equal(3, _registry.Adds);
        socket.Abort();
        await running;
    }

    [Fact]
    public async Task Reply_QueueIsFullByBytes_WaitsUntilTheClientReads()
    {
        var (host, _) = Create();
        using var socket = new SilentSocket();
        var running = host.RunAsync(socket, null, Client("a"), _events);
        var connection = Assert.Single(host.Open);
        Assert.Equal(ConnectionOutcome.Delivered, connection.Post("12345678"u8.ToArray()));
        Assert.Equal(ConnectionOutcome.Delivered, connection.Post("12345678"u8.ToArray()));

        var reply = connection.ReplyAsync("12345678"u8.ToArray()).AsTask();
        var isWaiting = !reply.IsCompleted;
        socket.Read();

        Assert.True(isWaiting);
        Assert.True(await reply);
        socket.Abort();
        await running;
    }

    [Fact]
    public async Task Post_Refused_IsNoActivity()
    {
        var (host, _) = Create();
        using var socket = new SilentSocket();
        var running = host.RunAsync(socket, null, Client("a"), _events);
        var connection = Assert.Single(host.Open);
        connection.Post("12345678"u8.ToArray());
        connection.Post("12345678"u8.ToArray());
        var before = connection.LastActiveAt;
        _time.Advance(TimeSpan.FromMinutes(1));

        var outcome = connection.Post("12345678"u8.ToArray());

        Assert.Equal((ConnectionOutcome.Limited, before), (outcome, connection.LastActiveAt));
        socket.Abort();
        await running;
    }

    private (ConnectionHost Host, ConnectionUpkeep Upkeep) Create()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var host = new ConnectionHost(
            _registry, new LocalNodeChannel(), _limits, new GatewayMetrics(meters, _time), _time, NullLogger<ConnectionHost>.Instance);
        return (host, new ConnectionUpkeep(host, _registry, new LocalNodeChannel(), _events, _limits, _time, NullLogger<ConnectionUpkeep>.Instance));
    }

    private ClientConnection Client(string id) => new()
    {
        ConnectionId = id,
        ApiId = "chat",
        StageName = "prod",
        ConnectedAt = _time.GetUtcNow(),
        Host = new HostString("localhost"),
        SourceIp = null,
        UserAgent = null,
    };
}
