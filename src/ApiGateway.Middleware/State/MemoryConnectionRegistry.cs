using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>Knows the connections of this process alone.</summary>
internal sealed class MemoryConnectionRegistry : IConnectionRegistry
{
    private readonly ConcurrentDictionary<string, ConnectionEntry> _entries = new(StringComparer.Ordinal);

    public bool IsShared => false;

    public ValueTask AddAsync(ConnectionEntry entry, CancellationToken cancellationToken)
    {
        _entries[entry.ConnectionId] = entry;
        return default;
    }

    public ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken) => new(_entries.GetValueOrDefault(connectionId));

    public ValueTask TouchAsync(IReadOnlyCollection<ConnectionActivity> activities, CancellationToken cancellationToken)
    {
        foreach (var activity in activities)
        {
            if (_entries.TryGetValue(activity.ConnectionId, out var entry))
            {
                _entries.TryUpdate(activity.ConnectionId, entry with { LastActiveAt = activity.LastActiveAt }, entry);
            }
        }

        return default;
    }

    public ValueTask<bool> RemoveAsync(string connectionId, string nodeId, string removerId, CancellationToken cancellationToken)
    {
        while (_entries.TryGetValue(connectionId, out var entry) && entry.NodeId == nodeId)
        {
            // Fails where the entry was replaced meanwhile.
            if (_entries.TryRemove(KeyValuePair.Create(connectionId, entry)))
            {
                return new(true);
            }
        }

        return new(false);
    }

    public ValueTask<NodeState> BeatAsync(string nodeId, CancellationToken cancellationToken) => new(NodeState.Known);

    public ValueTask<IReadOnlyList<ConnectionEntry>> FindOrphansAsync(
        string nodeId, TimeSpan silence, TimeSpan lease, int count, CancellationToken cancellationToken) => new((IReadOnlyList<ConnectionEntry>)[]);

    public ValueTask LeaveAsync(string nodeId, CancellationToken cancellationToken) => default;
}
