using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.WebSockets.Connections;

namespace ApiGateway.Middleware.WebSockets;

/// <summary>Lets code of the application post to connections.</summary>
internal sealed class GatewayConnections(ConnectionHost connections) : IGatewayConnections
{
    public ValueTask<ConnectionOutcome> PostAsync(string connectionId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return connections.PostAsync(null, null, connectionId, message, cancellationToken);
    }

    public async ValueTask<ConnectionOutcome> PostAsync(string connectionId, string message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var bytes = new PooledBufferWriter();
        bytes.WriteText(message);
        return await PostAsync(connectionId, bytes.WrittenMemory, cancellationToken);
    }

    public async Task<IReadOnlyList<ConnectionOutcome>> PostToManyAsync(
        IReadOnlyCollection<string> connectionIds, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionIds);
        var outcomes = new ConnectionOutcome[connectionIds.Count];
        List<(int Index, Task<ConnectionOutcome> Posting)>? pending = null;
        var index = 0;
        foreach (var id in connectionIds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var posting = PostAsync(id, message, cancellationToken);
            if (posting.IsCompletedSuccessfully)
            {
                outcomes[index] = posting.Result;
            }
            else
            {
                // One that waits does not hold up the rest.
                (pending ??= []).Add((index, posting.AsTask()));
            }

            index++;
        }

        foreach (var (place, posting) in pending ?? [])
        {
            outcomes[place] = await posting;
        }

        return outcomes;
    }

    public ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return connections.FindAsync(null, null, connectionId, cancellationToken);
    }

    public ValueTask<ConnectionOutcome> CloseAsync(string connectionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connectionId);
        return connections.CloseAsync(null, null, connectionId, cancellationToken);
    }
}
