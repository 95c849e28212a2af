namespace ApiGateway.Middleware.Contracts;

/// <summary>Takes commands from one node to another and outcomes back. Thread-safe.</summary>
public interface INodeChannel
{
    /// <summary>Begins to take the commands for a node. Called once, before the node has any connection.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="execute">Carries out a command. It may be called for many at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when commands arrive.</returns>
    ValueTask ListenAsync(string nodeId, Func<NodeCommand, CancellationToken, ValueTask<ConnectionOutcome>> execute, CancellationToken cancellationToken);

    /// <summary>Sends a command and waits for what came of it. A command is carried out at most once: it is never sent again.</summary>
    /// <remarks>Commands that are under way at once, for one connection, may overtake each other. A caller that waits for the first has its order.</remarks>
    /// <param name="nodeId">The node to ask.</param>
    /// <param name="command">The command.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The outcome; <see cref="ConnectionOutcome.Failed"/> if there was no answer in time or the node cannot be reached.</returns>
    ValueTask<ConnectionOutcome> SendAsync(string nodeId, NodeCommand command, TimeSpan timeout, CancellationToken cancellationToken);
}
