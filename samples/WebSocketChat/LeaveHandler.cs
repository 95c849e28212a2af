using ApiGateway.Middleware.Contracts;

namespace WebSocketChat;

/// <summary>Takes <c>$disconnect</c>: runs once for each connection, on another node if its own has died.</summary>
public sealed class LeaveHandler(Rooms rooms) : IWebSocketHandler
{
    public async ValueTask HandleAsync(WebSocketMessage message) => await rooms.LeaveAsync(message.ConnectionId);
}
