namespace ApiGateway.Middleware.Contracts;

/// <summary>What became of a message for a WebSocket connection, or of the wish to close one.</summary>
public enum ConnectionOutcome
{
    /// <summary>Nobody can tell: the node that holds the connection did not answer in time, or cannot be reached. Over HTTP 500.</summary>
    Failed,

    /// <summary>The message was written to the socket, or the connection is being closed. Over HTTP 200 or 204. A client that has just been
    /// lost may not have read it: delivery is at most once.</summary>
    Delivered,

    /// <summary>There is no such connection: it is closed, was never there, or its handshake has not ended. Over HTTP 410.</summary>
    Gone,

    /// <summary>The message is longer than the limit of 131,072 bytes. Over HTTP 413.</summary>
    TooLarge,

    /// <summary>The client reads too slowly: as many messages wait for it as may. Over HTTP 429.</summary>
    Limited,
}
