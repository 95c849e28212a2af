using System.Net.WebSockets;

namespace ApiGateway.Middleware.WebSockets.Connections;

/// <summary>How a connection ends, as <c>$disconnect</c> is told. Source: RFC 6455 7.4, and recordings of the managed service.</summary>
/// <param name="Status">The close status.</param>
/// <param name="Text">Why; may be empty.</param>
internal readonly record struct CloseReason(int Status, string Text)
{
    /// <summary>The transport is gone.</summary>
    public static readonly CloseReason Lost = new(1006, "");

    /// <summary>A backend has closed the connection.</summary>
    public static readonly CloseReason Deleted = new(1000, "Connection Closed Normally");

    /// <summary>The connection is idle or too old, or the node ends.</summary>
    public static readonly CloseReason GoingAway = new(1001, "Going away");

    /// <summary>The client breaks the protocol.</summary>
    public static readonly CloseReason ProtocolError = new(1002, "");

    /// <summary>The message is binary.</summary>
    public static readonly CloseReason Binary = new(1003, "");

    /// <summary>The message is no UTF-8.</summary>
    public static readonly CloseReason NoText = new(1007, "");

    /// <summary>The message is too long.</summary>
    public static readonly CloseReason TooLong = new(1009, "");

    /// <summary>Gets whether the client has said so, and gets its status back, without text.</summary>
    public bool IsOfClient { get; private init; }

    /// <summary>The client does not say how its connection ends.</summary>
    public static readonly CloseReason NoStatus = new(1005, "Client-side close frame status not set") { IsOfClient = true };

    /// <summary>Gets what a client says of its end.</summary>
    public static CloseReason Of(WebSocketCloseStatus? status, string? description) =>
        status is null ? NoStatus : new CloseReason((int)status, description ?? "") { IsOfClient = true };
}
