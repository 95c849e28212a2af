using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>Keeps the registry in step with this node, and looks after connections whose node has died.</summary>
/// <remarks>Does nothing where the registry is not shared: there nobody asks.</remarks>
internal sealed class ConnectionUpkeep(
    ConnectionHost host, IConnectionRegistry registry, RegistryHealth health, INodeChannel channel, UndecidedEnds undecided, ConnectionLimits limits, TimeProvider time,
    ILogger<ConnectionUpkeep> logger) : IDisposable
{
    private const int OrphansAtOnce = 256;
    private static readonly TimeSpan WhileOut = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _beating = Task.CompletedTask;
    private DateTimeOffset _takenUntil = DateTimeOffset.MinValue;
    private bool _isListening;

    /// <summary>Gets what runs <c>$disconnect</c> beside the beats: completed when there is nothing left to run.</summary>
    public Task Ending { get; private set; } = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (registry.IsShared)
        {
            // Others can reach this node, and see that it lives, before its first connection.
            await BeatAsync(cancellationToken);
            _beating = RunAsync(_stopping.Token);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Ending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (registry.IsShared)
        {
            try
            {
                await undecided.DecideAsync(host.NodeId, isDataLost: false, cancellationToken);
                await undecided.DisconnectDecidedAsync().WaitAsync(cancellationToken);
                await registry.LeaveAsync(host.NodeId, cancellationToken);
            }
            catch (Exception exception)
            {
                // What is left is found after some silence.
                health.Failed(exception);
            }
        }
    }

    /// <summary>Does once what is done again and again. Never fails.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await BeatCoreAsync(cancellationToken);
            health.Answered();
        }
        catch (Exception exception)
        {
            Failed(exception, cancellationToken);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(health.IsOut && limits.HeartbeatInterval > WhileOut ? WhileOut : limits.HeartbeatInterval, time, cancellationToken);
            await BeatAsync(cancellationToken);
        }
    }

    private async Task BeatCoreAsync(CancellationToken cancellationToken)
    {
        if (!_isListening)
        {
            await channel.ListenAsync(host.NodeId, host.ExecuteAsync, cancellationToken);
            _isListening = true;
        }

        var state = await registry.BeatAsync(host.NodeId, cancellationToken);
        if (state == NodeState.Replaced)
        {
            // Whoever took the connections may still be at it.
            _takenUntil = time.GetUtcNow() + (2 * limits.NodeSilence);
        }

        if (time.GetUtcNow() <= _takenUntil)
        {
            await GiveUpTakenAsync(cancellationToken);
        }

        await RegisterAsync(all: state == NodeState.Unknown);
        await undecided.DecideAsync(host.NodeId, isDataLost: state == NodeState.Unknown, cancellationToken);
        await TouchAsync(cancellationToken);

        // Apart: what runs $disconnect may take its time, and others would take a node that does not beat for dead.
        if (Ending.IsCompleted)
        {
            Ending = EndAsync(cancellationToken);
        }
    }

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await undecided.DisconnectDecidedAsync();
            await AdoptAsync(cancellationToken);
        }
        catch (Exception exception)
        {
            Failed(exception, cancellationToken);
        }
    }

    private void Failed(Exception exception, CancellationToken cancellationToken)
    {
        // What fails while the node ends is nobody's fault.
        if (!cancellationToken.IsCancellationRequested)
        {
            health.Failed(exception);
        }
    }

    // Others took this node for dead: what they have run must not run again.
    private async Task GiveUpTakenAsync(CancellationToken cancellationToken)
    {
        foreach (var connection in host.Open)
        {
            if (connection.IsRegistered && !connection.IsEnding
                && (await registry.FindAsync(connection.Client.ConnectionId, cancellationToken))?.NodeId != host.NodeId)
            {
                connection.IsTaken = true;
                host.End(connection, CloseReason.GoingAway);
            }
        }
    }

    private async Task RegisterAsync(bool all)
    {
        foreach (var connection in host.Open)
        {
            if ((all || !connection.IsRegistered) && !connection.IsEnding)
            {
                await host.RegisterAsync(connection);
            }
        }
    }

    private async Task TouchAsync(CancellationToken cancellationToken)
    {
        var activities = new List<ConnectionActivity>();
        foreach (var connection in host.Open)
        {
            if (connection.IsTouched)
            {
                connection.IsTouched = false;
                activities.Add(new ConnectionActivity(connection.Client.ConnectionId, connection.LastActiveAt));
            }
        }

        if (activities.Count > 0)
        {
            await registry.TouchAsync(activities, cancellationToken);
        }
    }

    private async Task AdoptAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ConnectionEntry> orphans;
        do
        {
            orphans = await registry.FindOrphansAsync(host.NodeId, limits.NodeSilence, limits.NodeSilence, OrphansAtOnce, cancellationToken);
            if (orphans.Count > 0)
            {
                Log.OrphansFound(logger, orphans.Count, orphans[0].NodeId);
            }

            await Parallel.ForEachAsync(
                orphans, new ParallelOptions { MaxDegreeOfParallelism = UndecidedEnds.DisconnectsAtOnce, CancellationToken = cancellationToken }, AdoptAsync);
        }
        while (orphans.Count == OrphansAtOnce);
    }

    private async ValueTask AdoptAsync(ConnectionEntry orphan, CancellationToken cancellationToken)
    {
        // Kept first: should the answer get lost, the registry is asked again.
        var end = new UndecidedEnd(ConnectionEntries.Read(orphan), orphan.NodeId, CloseReason.Lost);
        if (undecided.TryAdd(end) && await undecided.DecideAsync(end, host.NodeId, cancellationToken))
        {
            await undecided.DisconnectAsync(end);
        }
    }
}
