using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>The channel of a node that is alone: it reaches itself.</summary>
internal sealed class LocalNodeChannel : INodeChannel
{
    private Func<NodeCommand, CancellationToken, ValueTask<ConnectionOutcome>>? _execute;
    private string? _nodeId;

    public ValueTask ListenAsync(string nodeId, Func<NodeCommand, CancellationToken, ValueTask<ConnectionOutcome>> execute, CancellationToken cancellationToken)
    {
        (_nodeId, _execute) = (nodeId, execute);
        return default;
    }

    public ValueTask<ConnectionOutcome> SendAsync(string nodeId, NodeCommand command, TimeSpan timeout, CancellationToken cancellationToken) =>
        nodeId == _nodeId && _execute is { } execute ? execute(command, cancellationToken) : new(ConnectionOutcome.Failed);
}
