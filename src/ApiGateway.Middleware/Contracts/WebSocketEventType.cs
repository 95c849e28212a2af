namespace ApiGateway.Middleware.Contracts;

/// <summary>What a route of a WebSocket API is asked about.</summary>
public enum WebSocketEventType
{
    /// <summary>A client wants to connect.</summary>
    Connect,

    /// <summary>A client has sent a message.</summary>
    Message,

    /// <summary>A connection has ended.</summary>
    Disconnect,
}
