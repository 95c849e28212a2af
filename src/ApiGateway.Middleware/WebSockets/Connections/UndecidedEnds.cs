using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>Ends of connections for which <c>$disconnect</c> has not run, because the registry could not say who is to run it.</summary>
/// <param name="registry">Decides.</param>
/// <param name="events">Is told of ends that are for this node.</param>
internal sealed class UndecidedEnds(IConnectionRegistry registry, IConnectionEvents events)
{
    /// <summary>How many handlers of <c>$disconnect</c> run at once.</summary>
    public const int DisconnectsAtOnce = 32;

    // Reached only if the registry is away for long while clients come and go.
    private const int MaxCount = 100_000;

    private readonly ConcurrentDictionary<string, UndecidedEnd> _undecided = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<UndecidedEnd> _ours = [];

    /// <summary>Gets whether the end of a connection is yet to be decided.</summary>
    public bool Contains(string connectionId) => _undecided.ContainsKey(connectionId);

    /// <summary>Keeps an end until the registry has decided.</summary>
    /// <returns><see langword="false"/> if it is kept already, or if there are too many.</returns>
    public bool TryAdd(UndecidedEnd end) => _undecided.Count < MaxCount && _undecided.TryAdd(end.Client.ConnectionId, end);

    /// <summary>Has the registry decide all; what is for this node is run by <see cref="DisconnectDecidedAsync"/>.</summary>
    /// <param name="nodeId">This node.</param>
    /// <param name="isDataLost">Whether the registry has lost its data, and tells nobody else of these connections.</param>
    /// <param name="cancellationToken">Gives up; what is undecided stays so.</param>
    public async Task DecideAsync(string nodeId, bool isDataLost, CancellationToken cancellationToken)
    {
        foreach (var (_, end) in _undecided)
        {
            if (isDataLost ? TryTake(end) : await DecideAsync(end, nodeId, cancellationToken))
            {
                _ours.Enqueue(end);
            }
        }
    }

    /// <summary>Has the registry decide one that was added.</summary>
    /// <returns>Whether the caller runs <c>$disconnect</c>.</returns>
    public async ValueTask<bool> DecideAsync(UndecidedEnd end, string nodeId, CancellationToken cancellationToken)
    {
        var isOurs = await registry.RemoveAsync(end.Client.ConnectionId, end.NodeId, nodeId, cancellationToken);

        // Who asks beside this has the same answer.
        return TryTake(end) && isOurs;
    }

    /// <summary>Runs <c>$disconnect</c> for the ends that are for this node.</summary>
    public Task DisconnectDecidedAsync() => Task.WhenAll(Enumerable.Range(0, Math.Min(_ours.Count, DisconnectsAtOnce)).Select(_ => RunAsync()));

    /// <summary>Runs <c>$disconnect</c>.</summary>
    public Task DisconnectAsync(UndecidedEnd end) => events.OnDisconnectAsync(end.Client, end.Reason.Status, end.Reason.Text);

    private bool TryTake(UndecidedEnd end) => _undecided.TryRemove(KeyValuePair.Create(end.Client.ConnectionId, end));

    private async Task RunAsync()
    {
        while (_ours.TryDequeue(out var end))
        {
            await DisconnectAsync(end);
        }
    }
}
