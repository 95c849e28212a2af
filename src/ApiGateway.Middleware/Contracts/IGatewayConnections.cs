namespace ApiGateway.Middleware.Contracts;

/// <summary>Posts to the open connections of WebSocket APIs, tells of them and closes them, on whichever node they are. Thread-safe.</summary>
/// <remarks>
/// The same as <c>@connections</c> over HTTP (source: "Use @connections commands in your backend service"), but for code of the application:
/// nothing is signed, and outcomes are values, not errors. Connection ids are unique over all APIs.
/// </remarks>
public interface IGatewayConnections
{
    /// <summary>Sends a text message to a client.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="message">The text as UTF-8, from 0 to 131,072 bytes; what is no UTF-8 becomes U+FFFD. It may be reused once the task has completed.</param>
    /// <param name="cancellationToken">Gives up; the message may be sent all the same.</param>
    /// <returns>What became of it. Messages that one caller sends one after another arrive in that order, each at most once.</returns>
    ValueTask<ConnectionOutcome> PostAsync(string connectionId, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);

    /// <summary>Sends a text message to a client.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="message">The text, as UTF-8 at most 131,072 bytes.</param>
    /// <param name="cancellationToken">Gives up; the message may be sent all the same.</param>
    /// <returns>What became of it.</returns>
    ValueTask<ConnectionOutcome> PostAsync(string connectionId, string message, CancellationToken cancellationToken = default);

    /// <summary>Sends one text message to many clients.</summary>
    /// <param name="connectionIds">The connections.</param>
    /// <param name="message">The text as UTF-8, from 0 to 131,072 bytes.</param>
    /// <param name="cancellationToken">Gives up; the message may have been sent to some.</param>
    /// <returns>What became of it for each connection, in their order. A slow client does not hold up the others: it counts as
    /// <see cref="ConnectionOutcome.Limited"/>.</returns>
    Task<IReadOnlyList<ConnectionOutcome>> PostToManyAsync(
        IReadOnlyCollection<string> connectionIds, ReadOnlyMemory<byte> message, CancellationToken cancellationToken = default);

    /// <summary>Tells of a connection.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The connection, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="IOException">The registry that nodes share cannot be asked.</exception>
    ValueTask<ConnectionEntry?> FindAsync(string connectionId, CancellationToken cancellationToken = default);

    /// <summary>Closes a connection: the client sees 1000 <c>Connection Closed Normally</c>, then <c>$disconnect</c> runs.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="cancellationToken">Gives up; the connection may be closed all the same.</param>
    /// <returns><see cref="ConnectionOutcome.Delivered"/>, <see cref="ConnectionOutcome.Gone"/> or <see cref="ConnectionOutcome.Failed"/>.</returns>
    ValueTask<ConnectionOutcome> CloseAsync(string connectionId, CancellationToken cancellationToken = default);
}
