using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>The channel of a node that is alone: there is nobody to reach.</summary>
internal sealed class LocalNodeChannel : INodeChannel
{
    public ValueTask ListenAsync(string nodeId, Func<NodeCommand, CancellationToken, ValueTask<ConnectionOutcome>> execute, CancellationToken cancellationToken) =>
        default;

    public ValueTask<ConnectionOutcome> SendAsync(string nodeId, NodeCommand command, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(ConnectionOutcome.Failed);
}
