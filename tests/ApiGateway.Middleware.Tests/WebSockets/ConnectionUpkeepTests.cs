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
        var (_, upkeep) = Create();
        using var disposed = upkeep;
        var release = new TaskCompletionSource();
        _events.Handler = release.Task;
        _registry.Orphans = [Orphan("a")];

        await upkeep.BeatAsync(default);
        await _events.Begun.Task;
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
        _registry.Orphans = [Orphan("a")];

        await BeatAsync(upkeep);
        _registry.Orphans = [];
        await BeatAsync(upkeep);

        Assert.Equal(["a"], _events.Ended);
    }

    [Fact]
    public async Task Beat_AnswerToARemovalIsLost_TheOrphanIsEndedOnce()
    {
        var (_, upkeep) = Create();
        using var disposed = upkeep;
        _registry.Orphans = [Orphan("a")];
        _registry.LosesAnswers = true;

        await BeatAsync(upkeep);
        string[] before = [.. _events.Ended];
        _registry.LosesAnswers = false;
        _registry.Orphans = [];
        await BeatAsync(upkeep);
        await BeatAsync(upkeep);

        Assert.Empty(before);
        Assert.Equal(["a"], _events.Ended);
    }

    [Fact]
    public async Task Run_AnswerToTheRemovalIsLost_DisconnectRunsOnceItIsKnown()
    {
        var (host, upkeep) = Create();
        using var disposed = upkeep;
        using var socket = new SilentSocket();
        var running = host.RunAsync(socket, null, Client("a"), _events);
        _registry.LosesAnswers = true;

        socket.Abort();
        await running;
        string[] before = [.. _events.Ended];
        var command = await host.ExecuteAsync(new NodeCommand("a", NodeCommandKind.Post, default), default);
        _registry.LosesAnswers = false;
        await BeatAsync(upkeep);
        await BeatAsync(upkeep);

        Assert.Empty(before);
        Assert.Equal(ConnectionOutcome.Gone, command);
        Assert.Equal(["a"], _events.Ended);
    }

    [Fact]
    public async Task Stop_UndecidedEnds_AreDecidedFirst()
    {
        var (host, upkeep) = Create();
        using var disposed = upkeep;
        using var socket = new SilentSocket();
        var running = host.RunAsync(socket, null, Client("a"), _events);
        _registry.LosesAnswers = true;
        socket.Abort();
        await running;
        _registry.LosesAnswers = false;

        await upkeep.StopAsync(default);

        Assert.Equal(["a"], _events.Ended);
    }

    [Fact]
    public async Task End_WhileTheRegistryIsBeingTold_TheEntryIsRemovedLast()
    {
        var (host, _) = Create();
        using var socket = new SilentSocket();
        var adding = _registry.Adding = new TaskCompletionSource();

        var running = host.RunAsync(socket, null, Client("a"), _events);
        var isBegun = host.End(Assert.Single(host.Open), CloseReason.Deleted);
        adding.SetResult();
        await running;

        Assert.True(isBegun);
        Assert.Empty(_registry.Entries);
        Assert.Equal(["a"], _events.Ended);
    }

    [Fact]
    public async Task Execute_AnEntryThatWasLeftBehind_IsRemovedAndNotEndedAgain()
    {
        var (host, _) = Create();
        _registry.Entries["a"] = ConnectionEntries.Write(Client("a"), host.NodeId, default, TimeSpan.FromHours(2));

        var outcome = await host.ExecuteAsync(new NodeCommand("a", NodeCommandKind.Post, default), default);

        Assert.Equal(ConnectionOutcome.Gone, outcome);
        Assert.Empty(_registry.Entries);
        Assert.Empty(_events.Ended);
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
        await BeatAsync(upkeep);
        var whileOut = connection.IsRegistered;
        (_registry.State, _registry.IsOut) = (NodeState.Known, false);
        await BeatAsync(upkeep);

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
        var undecided = new UndecidedEnds(_registry, _events);
        var health = new RegistryHealth(NullLogger<RegistryHealth>.Instance);
        var host = new ConnectionHost(_registry, health, new LocalNodeChannel(), undecided, _limits, new GatewayMetrics(meters, _time), _time);
        return (
            host, new ConnectionUpkeep(host, _registry, health, new LocalNodeChannel(), undecided, _limits, _time, NullLogger<ConnectionUpkeep>.Instance));
    }

    private static async Task BeatAsync(ConnectionUpkeep upkeep)
    {
        await upkeep.BeatAsync(default);
        await upkeep.Ending;
    }

    private ConnectionEntry Orphan(string id) => _registry.Entries[id] = ConnectionEntries.Write(Client(id), "dead", default, TimeSpan.FromHours(2));

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
