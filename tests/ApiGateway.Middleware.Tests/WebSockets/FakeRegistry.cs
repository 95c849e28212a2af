using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Tests.WebSockets;

/// <summary>A registry that does what a test says.</summary>
internal sealed class FakeRegistry : IConnectionRegistry
{
    public bool IsShared => true;

    public int Beats { get; private set; }

    public int Adds { get; private set; }

    public NodeState State { get; set; } = NodeState.Known;

    public bool IsOut { get; set; }

    public IReadOnlyList<ConnectionEntry> Orphans { get; set; } = [];

    public ValueTask AddAsync(ConnectionEntry entry, CancellationToken cancellationToken)
    {
        Adds++;
        return IsOut ? throw new IOException("out") : default;
    }

    public ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken) => new((ConnectionEntry?)null);

    public ValueTask TouchAsync(IReadOnlyCollection<ConnectionActivity> activities, CancellationToken cancellationToken) => default;

    public ValueTask<bool> RemoveAsync(string connectionId, string nodeId, CancellationToken cancellationToken) => new(true);

    public ValueTask<NodeState> BeatAsync(string nodeId, CancellationToken cancellationToken)
    {
        Beats++;
        return new(State);
    }

    public ValueTask<IReadOnlyList<ConnectionEntry>> FindOrphansAsync(
        string nodeId, TimeSpan silence, TimeSpan lease, int count, CancellationToken cancellationToken) => new(Orphans);

    public ValueTask LeaveAsync(string nodeId, CancellationToken cancellationToken) => default;
}
