namespace ApiGateway.Middleware.Contracts;

/// <summary>Knows the open connections of WebSocket APIs and which node holds each of them. Thread-safe.</summary>
/// <remarks>
/// The default keeps the connections of this process in memory. A registry that nodes share lets any of them post to any connection,
/// and lets others run the route <c>$disconnect</c> for a node that dies. What a shared one throws is logged and costs no connection:
/// those of this node go on, and are added again once <see cref="BeatAsync"/> says that they are unknown.
/// </remarks>
public interface IConnectionRegistry
{
    /// <summary>Gets whether other nodes have connections in it, too. If not, nodes neither beat nor look for orphans.</summary>
    bool IsShared { get; }

    /// <summary>Adds a connection, or replaces its entry. Once this has completed, every node finds it.</summary>
    /// <param name="entry">The connection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task.</returns>
    ValueTask AddAsync(ConnectionEntry entry, CancellationToken cancellationToken);

    /// <summary>Finds a connection.</summary>
    /// <param name="connectionId">The connection's id, as a client of the callback API gave it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entry, or <see langword="null"/> if there is none.</returns>
    ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken);

    /// <summary>Tells when connections were last active. Connections without an entry are passed over.</summary>
    /// <param name="activities">At most one for each connection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task.</returns>
    ValueTask TouchAsync(IReadOnlyCollection<ConnectionActivity> activities, CancellationToken cancellationToken);

    /// <summary>Removes a connection if it still belongs to a node. Of all nodes that try, one alone is told that it has.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="nodeId">The node that the entry has to name.</param>
    /// <param name="removerId">The node that asks. A shared registry tells it the same when it asks again within some minutes, so that an answer
    /// that is lost on its way loses no <c>$disconnect</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the asking node has removed it, and is to run <c>$disconnect</c>.</returns>
    ValueTask<bool> RemoveAsync(string connectionId, string nodeId, string removerId, CancellationToken cancellationToken);

    /// <summary>Shows that a node lives.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the others think of it.</returns>
    ValueTask<NodeState> BeatAsync(string nodeId, CancellationToken cancellationToken);

    /// <summary>Finds connections of nodes that have been silent for too long, and sees to it that no other node finds them for a while.</summary>
    /// <param name="nodeId">The node that asks. It finds none unless it has itself been heard without a gap for as long as <paramref name="silence"/>:
    /// else a registry that was out of order would make everybody look dead.</param>
    /// <param name="silence">How long a node may be silent.</param>
    /// <param name="lease">How long the caller has them for itself.</param>
    /// <param name="count">How many to give at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entries, still in place: <see cref="RemoveAsync"/> decides who runs <c>$disconnect</c>.</returns>
    ValueTask<IReadOnlyList<ConnectionEntry>> FindOrphansAsync(
        string nodeId, TimeSpan silence, TimeSpan lease, int count, CancellationToken cancellationToken);

    /// <summary>Says that a node ends. Connections that it could not close are orphans at once.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task.</returns>
    ValueTask LeaveAsync(string nodeId, CancellationToken cancellationToken);
}
