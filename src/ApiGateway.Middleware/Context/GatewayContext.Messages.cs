using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Context;

/// <content>Which WebSocket connection the request opens or has come by; nothing on all others.</content>
internal sealed partial class GatewayContext
{
    private string? _messageId;

    /// <summary>Gets or sets the connection, or <see langword="null"/>. Written by the handshake step, and by who runs messages.</summary>
    public ClientConnection? Connection { get; set; }

    /// <summary>Gets what handlers of the application see of the event, or <see langword="null"/> of a request.</summary>
    public WebSocketMessage? Message { get; private set; }

    /// <summary>Gets or sets whether the request has been counted already, although it goes on. Written by who opens connections.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Gets what happens on the connection. The handshake itself is such an event.</summary>
    public WebSocketEventType EventType { get; private set; }

    /// <summary>Gets the message's id.</summary>
    public string MessageId => _messageId ??= RequestIds.NewExtendedRequestId();

    /// <summary>Gets how the connection was closed, for <see cref="WebSocketEventType.Disconnect"/>.</summary>
    public int CloseStatus { get; private set; }

    /// <summary>Gets why the connection was closed, for <see cref="WebSocketEventType.Disconnect"/>.</summary>
    public string CloseReason { get; private set; } = "";

    /// <summary>Begins with an event of a connection instead of a request.</summary>
    /// <param name="http">Stands in for the request.</param>
    /// <param name="snapshot">The definition.</param>
    /// <param name="match">The stage; the path is that of a request to its root.</param>
    /// <param name="route">The event's route.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="type">The event.</param>
    /// <param name="message">What handlers of the application see of it.</param>
    public void BeginEvent(
        HttpContext http, GatewaySnapshot snapshot, in ApiMatch match, RouteSnapshot? route, ClientConnection connection, WebSocketEventType type,
        WebSocketMessage message)
    {
        Http = http;
        Message = message;
        Next = static _ => throw new InvalidOperationException("Messages of a WebSocket API do not go on to the application's pipeline. Name a handler.");
        Snapshot = snapshot;
        Selection = match;
        Api = match.Api;
        Stage = match.Stage!;
        MatchedRoute = route;
        Method = RouteMethod.Post;
        Connection = connection;
        EventType = type;
        Caller = connection.Caller;
        AuthorizerLatency = connection.AuthorizerLatency;
        _sourceIp = connection.SourceIp;
    }

    /// <summary>Takes over what a handshake has told of its request: target and ids.</summary>
    public void BeginConnect(GatewayContext handshake)
    {
        Target = handshake.Target;
        TraceId = handshake.TraceId;
        _requestId = handshake.RequestId;
        _extendedRequestId = handshake.ExtendedRequestId;
        _receivedAt = handshake.ReceivedAt;
        Signer = handshake.Signer;
    }

    /// <summary>Says how the connection has ended.</summary>
    public void BeginDisconnect(int status, string reason) => (CloseStatus, CloseReason) = (status, reason);

    private void ResetMessage()
    {
        Message = null;
        IsEnded = false;
        Connection = null;
        EventType = default;
        CloseStatus = 0;
        CloseReason = "";
        _messageId = null;
    }
}
