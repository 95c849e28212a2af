using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Tests.WebSockets;

/// <summary>A registry that does what a test says.</summary>
internal sealed class FakeRegistry : IConnectionRegistry
{
    private readonly ConcurrentDictionary<string, string> _removers = [];

    public bool IsShared => true;

    public int Beats { get; private set; }

    public int Adds { get; private set; }

    public NodeState State { get; set; } = NodeState.Known;

    public bool IsOut { get; set; }

    /// <summary>Gets or sets whether removals happen, but nobody is told.</summary>
    public bool LosesAnswers { get; set; }

    public IReadOnlyList<ConnectionEntry> Orphans { get; set; } = [];

    public ConcurrentDictionary<string, ConnectionEntry> Entries { get; } = [];

    /// <summary>Gets or sets what additions wait for.</summary>
    public TaskCompletionSource? Adding { get; set; }

    public async ValueTask AddAsync(ConnectionEntry entry, CancellationToken cancellationToken)
    {
        Adds++;
        await (Adding?.Task ?? Task.CompletedTask);
        if (IsOut)
        {
            throw new IOException("out");
        }

        Entries[entry.ConnectionId] = entry;
    }

    public ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken) => new((ConnectionEntry?)null);

    public ValueTask TouchAsync(IReadOnlyCollection<ConnectionActivity> activities, CancellationToken cancellationToken) => default;

    public ValueTask<bool> RemoveAsync(string connectionId, string nodeId, string removerId, CancellationToken cancellationToken)
    {
        if (Entries.TryGetValue(connectionId, out var entry) && entry.NodeId == nodeId && Entries.TryRemove(connectionId, out _))
        {
            _removers[connectionId] = removerId;
        }

        return LosesAnswers ? throw new IOException("lost") : new(_removers.GetValueOrDefault(connectionId) == removerId);
    }

    public ValueTask<NodeState> BeatAsync(string nodeId, CancellationToken cancellationToken)
    {
        Beats++;
        return new(State);
    }

    public ValueTask<IReadOnlyList<ConnectionEntry>> FindOrphansAsync(
        string nodeId, TimeSpan silence, TimeSpan lease, int count, CancellationToken cancellationToken) => new(Orphans);

    public ValueTask LeaveAsync(string nodeId, CancellationToken cancellationToken) => default;
}
