using System.Text.Json;
using ApiGateway.Middleware.Contracts;

namespace WebSocketChat;

/// <summary>Takes <c>{"action":"say","text":"..."}</c>.</summary>
public sealed class SayHandler(Rooms rooms) : IWebSocketHandler
{
    public async ValueTask HandleAsync(WebSocketMessage message)
    {
        using var json = JsonDocument.Parse(message.Body);
        if (json.RootElement.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
        {
            await rooms.SayAsync(message.ConnectionId, text.GetString()!);
        }
    }
}
