using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Context;

/// <summary>The events of a WebSocket connection as <c>$context</c> and events to functions spell them.</summary>
internal static class EventNames
{
    public static string Of(WebSocketEventType type) => type switch
    {
        WebSocketEventType.Connect => "CONNECT",
        WebSocketEventType.Message => "MESSAGE",
        _ => "DISCONNECT",
    };
}
