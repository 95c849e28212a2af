using System.Security.Claims;

namespace ApiGateway.Middleware.Contracts;

/// <summary>What has come by a WebSocket connection: a message, or the beginning or end of the connection itself.</summary>
/// <remarks>Valid until the handler's task has completed; then it serves another message.</remarks>
public abstract class WebSocketMessage
{
    /// <summary>Gets what has happened.</summary>
    public abstract WebSocketEventType EventType { get; }

    /// <summary>Gets the connection's id, the same for its whole life. With <see cref="WebSocketEventType.Connect"/> nobody can post to it yet.</summary>
    public abstract string ConnectionId { get; }

    /// <summary>Gets when the handshake began, in UTC.</summary>
    public abstract DateTimeOffset ConnectedAt { get; }

    /// <summary>Gets the id of the API.</summary>
    public abstract string ApiId { get; }

    /// <summary>Gets the name of the stage.</summary>
    public abstract string Stage { get; }

    /// <summary>Gets the host that the client asked for, without port.</summary>
    public abstract string DomainName { get; }

    /// <summary>Gets the key of the route that was selected.</summary>
    public abstract string RouteKey { get; }

    /// <summary>Gets the id of this event.</summary>
    public abstract string RequestId { get; }

    /// <summary>Gets the message's id, or <see langword="null"/> if this is no message.</summary>
    public abstract string? MessageId { get; }

    /// <summary>Gets the client's address, or <see langword="null"/> if the transport has none.</summary>
    public abstract string? SourceIp { get; }

    /// <summary>Gets what the client calls itself, or <see langword="null"/>.</summary>
    public abstract string? UserAgent { get; }

    /// <summary>Gets who the authorizer says the client is, or <see langword="null"/> where none was asked.</summary>
    public abstract string? PrincipalId { get; }

    /// <summary>Gets what the authorizer said of the client when it connected, by name.</summary>
    public abstract IReadOnlyDictionary<string, string> AuthorizerContext { get; }

    /// <summary>Gets who the client is to ASP.NET Core, or <see langword="null"/> where no scheme of the application was asked.</summary>
    /// <remarks>It is that of the handshake. It is lost where another node takes over to run <c>$disconnect</c>.</remarks>
    public abstract ClaimsPrincipal? User { get; }

    /// <summary>Gets the message: UTF-8 text of at most 131,072 bytes; empty if this is no message.</summary>
    public abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>Gets the message as a string, made when it is first read.</summary>
    public abstract string Text { get; }

    /// <summary>Gets the close status, for <see cref="WebSocketEventType.Disconnect"/>: 1000 to 4999; 1005 if the client gave none, 1006 if the
    /// connection was lost.</summary>
    public abstract int? CloseStatus { get; }

    /// <summary>Gets the reason of the close, for <see cref="WebSocketEventType.Disconnect"/>; may be empty.</summary>
    public abstract string? CloseReason { get; }

    /// <summary>Gets the services of this event's scope.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>Gets a token that is cancelled when the integration's time is up. The clock starts when it is first read.</summary>
    public abstract CancellationToken Aborted { get; }

    /// <summary>Gets a header of the handshake; its last value, or <see langword="null"/>. For <see cref="WebSocketEventType.Connect"/>.</summary>
    /// <param name="name">The name, without case.</param>
    public abstract string? GetHeader(string name);

    /// <summary>Gets a query parameter of the handshake, decoded; its last value, or <see langword="null"/>. For <see cref="WebSocketEventType.Connect"/>.</summary>
    /// <param name="name">The name; case counts.</param>
    public abstract string? GetQueryParameter(string name);

    /// <summary>Sends a text message to the client that this message is from, whether or not the route has a route response.</summary>
    /// <param name="message">The text as UTF-8, at most 131,072 bytes. It may be reused once the task has completed.</param>
    /// <returns>Whether it was sent: not if the connection has ended or is not open yet, the message is too long, or the client does not read.</returns>
    public abstract ValueTask<bool> ReplyAsync(ReadOnlyMemory<byte> message);

    /// <summary>Sends a text message to the client that this message is from, whether or not the route has a route response.</summary>
    /// <param name="message">The text, as UTF-8 at most 131,072 bytes.</param>
    /// <returns>Whether it was sent.</returns>
    public abstract ValueTask<bool> ReplyAsync(string message);

    /// <summary>Refuses the handshake. For <see cref="WebSocketEventType.Connect"/>; elsewhere it has no effect.</summary>
    /// <param name="statusCode">The status of the answer, from 300 to 599.</param>
    public abstract void Refuse(int statusCode);

    /// <summary>Chooses one of the subprotocols that the client offers. For <see cref="WebSocketEventType.Connect"/>; elsewhere it has no effect.</summary>
    /// <param name="name">The name. One that the client has not offered is not sent.</param>
    public abstract void SelectSubprotocol(string name);
}
