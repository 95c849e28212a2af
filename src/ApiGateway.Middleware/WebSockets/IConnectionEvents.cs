using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.WebSockets.Connections;

namespace ApiGateway.Middleware.WebSockets;

/// <summary>Is told what happens on connections. Nothing it does throws.</summary>
internal interface IConnectionEvents
{
    /// <summary>Runs a message of a client.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="message">The message: UTF-8 text, valid until the task has completed.</param>
    /// <returns>A task that completes when the message has been dealt with, answer included.</returns>
    ValueTask OnMessageAsync(SocketConnection connection, ReadOnlyMemory<byte> message);

    /// <summary>Runs <c>$disconnect</c>.</summary>
    /// <param name="connection">The connection, which may have been one of another node.</param>
    /// <param name="status">How the connection was closed.</param>
    /// <param name="reason">Why; may be empty.</param>
    /// <returns>A task.</returns>
    Task OnDisconnectAsync(ClientConnection connection, int status, string reason);
}
