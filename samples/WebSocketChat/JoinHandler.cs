using System.Text.Json;
using ApiGateway.Middleware.Contracts;

namespace WebSocketChat;

/// <summary>Takes <c>{"action":"join","room":"...","name":"..."}</c>, which the model <c>join</c> has checked.</summary>
public sealed class JoinHandler(Rooms rooms) : IWebSocketHandler
{
    public async ValueTask HandleAsync(WebSocketMessage message)
    {
        using var json = JsonDocument.Parse(message.Body);
        await rooms.JoinAsync(message.ConnectionId, json.RootElement.GetProperty("room").GetString()!, json.RootElement.GetProperty("name").GetString()!);
    }
}
