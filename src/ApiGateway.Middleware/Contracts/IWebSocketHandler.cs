namespace ApiGateway.Middleware.Contracts;

/// <summary>Takes the messages of routes of WebSocket APIs whose <c>IN_PROCESS</c> integrations name it, inside the application.</summary>
/// <remarks>
/// One instance serves many connections, and up to 16 messages of each, at once. An exception costs no connection: it is logged, and the
/// client gets the frame <c>Internal server error</c>; on <c>$connect</c> the handshake is answered 502.
/// </remarks>
public interface IWebSocketHandler
{
    /// <summary>Takes one message, or the beginning or end of a connection.</summary>
    /// <param name="message">What has happened, and the means to answer. Not to be used once the task has completed.</param>
    /// <returns>A task that ends when the message has been dealt with.</returns>
    ValueTask HandleAsync(WebSocketMessage message);
}
