using System.Collections.Concurrent;
using System.Net.WebSockets;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Buffers.Frames;
using ApiGateway.Middleware.Telemetry;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>The connections of this node, and the way to those of others.</summary>
/// <param name="registry">Knows the connections of all nodes.</param>
/// <param name="health">Is told where it cannot be asked.</param>
/// <param name="channel">Leads to the others.</param>
/// <param name="undecided">Keeps ends that the registry could not decide.</param>
/// <param name="limits">The limits.</param>
/// <param name="metrics">Counts.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionHost(
    IConnectionRegistry registry, RegistryHealth health, INodeChannel channel, UndecidedEnds undecided, ConnectionLimits limits, GatewayMetrics metrics,
    TimeProvider time)
{
    // An entry outlives its connection by this, in case the node cannot take it away.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, SocketConnection> _open = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isDraining;

    /// <summary>Gets what other nodes call this one: new for each process.</summary>
    public string NodeId { get; } = ConnectionIds.New().TrimEnd('=');

    /// <summary>Gets whether the node ends and opens no more connections.</summary>
    public bool IsDraining => Volatile.Read(ref _isDraining);

    /// <summary>Gets the open connections, and those that are about to end.</summary>
    public IEnumerable<SocketConnection> Open => _open.Select(static item => item.Value);

    /// <summary>Gets the number of connections.</summary>
    public int Count => _open.Count;

    /// <summary>Gets or sets what is called when a connection is opened.</summary>
    public Action? Opened { get; set; }

    /// <summary>Registers a connection, takes its messages until it ends, removes it, closes it and has <c>$disconnect</c> run.</summary>
    /// <param name="socket">The socket, open.</param>
    /// <param name="frames">What is below it, or <see langword="null"/> if that is not known.</param>
    /// <param name="client">Who is connected.</param>
    /// <param name="events">Is told.</param>
    /// <returns>A task that completes when all is over. Never fails.</returns>
    public async Task RunAsync(WebSocket socket, FrameStream? frames, ClientConnection client, IConnectionEvents events)
    {
        Interlocked.Increment(ref _running);
        try
        {
            await RunCoreAsync(socket, frames, client, events);
        }
        finally
        {
            if (Interlocked.Decrement(ref _running) == 0 && IsDraining)
            {
                _drained.TrySetResult();
            }
        }
    }

    /// <summary>Opens no more connections, and ends those that are open.</summary>
    /// <returns>A task that completes when all are over, <c>$disconnect</c> included.</returns>
    public Task DrainAsync()
    {
        Volatile.Write(ref _isDraining, true);
        foreach (var connection in Open)
        {
            End(connection, CloseReason.GoingAway);
        }

        if (Volatile.Read(ref _running) == 0)
        {
            _drained.TrySetResult();
        }

        return _drained.Task;
    }

    private async Task RunCoreAsync(WebSocket socket, FrameStream? frames, ClientConnection client, IConnectionEvents events)
    {
        var connection = new SocketConnection(client, socket, frames, events, limits, time);
        _open[client.ConnectionId] = connection;
        metrics.ConnectionOpened(client.ApiId, client.StageName);
        Opened?.Invoke();
        await RegisterAsync(connection);
        if (IsDraining)
        {
            End(connection, CloseReason.GoingAway);
        }

        var reason = await connection.PumpAsync();
        End(connection, reason);
        var isOurs = await DecideAsync(connection);
        await connection.FinishAsync();
        if (isOurs is null)
        {
            // Where no more can be kept, a second $disconnect is the lesser evil.
            isOurs = !undecided.TryAdd(new UndecidedEnd(client, NodeId, connection.Reason));
        }

        _open.TryRemove(client.ConnectionId, out _);
        metrics.ConnectionClosed(client.ApiId, client.StageName);
        if (isOurs is true)
        {
            await events.OnDisconnectAsync(client, connection.Reason.Status, connection.Reason.Text);
        }
    }

    /// <summary>Sends a message to a connection, wherever it is.</summary>
    /// <param name="apiId">The API that it has to be of, or <see langword="null"/> for any.</param>
    /// <param name="stage">The stage that it has to be of, or <see langword="null"/> for any.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of it.</returns>
    public ValueTask<ConnectionOutcome> PostAsync(
        string? apiId, string? stage, string connectionId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (message.Length > limits.MaxMessageBytes)
        {
            return new(ConnectionOutcome.TooLarge);
        }

        if (_open.TryGetValue(connectionId, out var connection))
        {
            return IsOf(connection.Client, apiId, stage) ? new(Post(connection, message)) : new(ConnectionOutcome.Gone);
        }

        return registry.IsShared
            ? CommandAsync(apiId, stage, new NodeCommand(connectionId, NodeCommandKind.Post, message), cancellationToken) : new(ConnectionOutcome.Gone);
    }

    /// <summary>Finds a connection, wherever it is.</summary>
    /// <param name="apiId">The API that it has to be of, or <see langword="null"/> for any.</param>
    /// <param name="stage">The stage that it has to be of, or <see langword="null"/> for any.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection, or <see langword="null"/>.</returns>
    public ValueTask<ConnectionEntry?> FindAsync(string? apiId, string? stage, string connectionId, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(connectionId, out var connection))
        {
            return new(!connection.IsEnding && IsOf(connection.Client, apiId, stage) ? EntryOf(connection) : null);
        }

        return registry.IsShared ? FindElsewhereAsync(apiId, stage, connectionId, cancellationToken) : new((ConnectionEntry?)null);
    }

    /// <summary>Closes a connection, wherever it is, with 1000 <c>Connection Closed Normally</c>.</summary>
    /// <param name="apiId">The API that it has to be of, or <see langword="null"/> for any.</param>
    /// <param name="stage">The stage that it has to be of, or <see langword="null"/> for any.</param>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of it.</returns>
    public ValueTask<ConnectionOutcome> CloseAsync(string? apiId, string? stage, string connectionId, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(connectionId, out var connection))
        {
            return new(IsOf(connection.Client, apiId, stage) && End(connection, CloseReason.Deleted) ? ConnectionOutcome.Delivered : ConnectionOutcome.Gone);
        }

        return registry.IsShared
            ? CommandAsync(apiId, stage, new NodeCommand(connectionId, NodeCommandKind.Close, default), cancellationToken) : new(ConnectionOutcome.Gone);
    }

    /// <summary>Carries out what another node asks for.</summary>
    public async ValueTask<ConnectionOutcome> ExecuteAsync(NodeCommand command, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(command.ConnectionId, out var connection))
        {
            return command.Kind == NodeCommandKind.Close
                ? End(connection, CloseReason.Deleted) ? ConnectionOutcome.Delivered : ConnectionOutcome.Gone
                : Post(connection, command.Message);
        }

        if (!undecided.Contains(command.ConnectionId))
        {
            // All is over, and yet there is an entry.
            await registry.RemoveAsync(command.ConnectionId, NodeId, NodeId, cancellationToken);
        }

        return ConnectionOutcome.Gone;
    }

    /// <summary>Begins the end of a connection of this node.</summary>
    /// <returns><see langword="false"/> if it had begun already.</returns>
    public bool End(SocketConnection connection, CloseReason reason) => connection.TryEnd(reason, RemoveAsync);

    /// <summary>Tells the registry of a connection, unless it ends.</summary>
    public Task RegisterAsync(SocketConnection connection) => connection.RegisterAsync(AddAsync);

    private ConnectionOutcome Post(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        var outcome = connection.Post(message);
        if (outcome == ConnectionOutcome.Delivered)
        {
            metrics.MessageSent(connection.Client.ApiId, connection.Client.StageName);
        }

        return outcome;
    }

    private static bool IsOf(ClientConnection client, string? apiId, string? stage) =>
        (apiId is null || client.ApiId == apiId) && (stage is null || client.StageName == stage);

    private ConnectionEntry EntryOf(SocketConnection connection) =>
        ConnectionEntries.Write(connection.Client, NodeId, connection.LastActiveAt, limits.MaxLifetime + Grace);

    private async Task AddAsync(SocketConnection connection)
    {
        connection.IsRegistered = false;
        try
        {
            await registry.AddAsync(EntryOf(connection), CancellationToken.None);
            connection.IsRegistered = true;
        }
        catch (Exception exception)
        {
            // The connection goes on; it is added once the registry is back.
            health.Failed(exception);
        }
    }

    private async Task<bool> RemoveAsync(SocketConnection connection)
    {
        try
        {
            // Else the entry could be added once it has been removed.
            await connection.Registration;
            return await registry.RemoveAsync(connection.Client.ConnectionId, NodeId, NodeId, CancellationToken.None);
        }
        finally
        {
            connection.Close();
        }
    }

    // True: this node. False: another one, or nobody. Null: the registry has to be asked again.
    private async Task<bool?> DecideAsync(SocketConnection connection)
    {
        try
        {
            if (await connection.Removal)
            {
                return true;
            }
        }
        catch (Exception exception)
        {
            health.Failed(exception);
        }

        // The entry may be gone because another node took it, or because the registry has lost its data.
        return connection.IsTaken ? false : connection.IsRegistered ? null : true;
    }

    private async ValueTask<ConnectionEntry?> FindElsewhereAsync(string? apiId, string? stage, string connectionId, CancellationToken cancellationToken)
    {
        ConnectionEntry? entry;
        try
        {
            entry = await registry.FindAsync(connectionId, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or IOException))
        {
            throw new IOException("The registry of connections cannot be asked.", exception);
        }

        return entry is not null && (apiId is null || entry.ApiId == apiId) && (stage is null || entry.Stage == stage) && entry.NodeId != NodeId ? entry : null;
    }

    private async ValueTask<ConnectionOutcome> CommandAsync(string? apiId, string? stage, NodeCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await FindElsewhereAsync(apiId, stage, command.ConnectionId, cancellationToken) is { } entry
                ? await channel.SendAsync(entry.NodeId, command, limits.NodeTimeout, cancellationToken)
                : ConnectionOutcome.Gone;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            health.Failed(exception);
            return ConnectionOutcome.Failed;
        }
    }
}
