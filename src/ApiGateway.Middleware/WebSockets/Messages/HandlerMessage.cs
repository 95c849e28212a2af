using System.Security.Claims;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.WebSockets.Connections;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.WebSockets.Messages;

/// <summary>What a handler of the application sees of an event.</summary>
/// <param name="exchange">The event.</param>
internal sealed class HandlerMessage(MessageExchange exchange) : WebSocketMessage
{
    private string? _text;
    private CancellationToken? _aborted;

    /// <summary>Gets or sets the connection to answer by, or <see langword="null"/> if it is not open.</summary>
    public SocketConnection? Socket { get; set; }

    public override WebSocketEventType EventType => Context.EventType;

    public override string ConnectionId => Client.ConnectionId;

    public override DateTimeOffset ConnectedAt => Client.ConnectedAt;

    public override string ApiId => Client.ApiId;

    public override string Stage => Client.StageName;

    public override string DomainName => Client.Host.Host;

    public override string RouteKey => Context.Route.Key;

    public override string RequestId => Context.RequestId;

    public override string? MessageId => EventType == WebSocketEventType.Message ? Context.MessageId : null;

    public override string? SourceIp => Client.SourceIp?.ToString();

    public override string? UserAgent => Client.UserAgent;

    public override string? PrincipalId => Context.Caller?.PrincipalId;

    public override IReadOnlyDictionary<string, string> AuthorizerContext => Context.Caller?.Values ?? System.Collections.Frozen.FrozenDictionary<string, string>.Empty;

    public override ClaimsPrincipal? User => Context.Caller?.User;

    public override ReadOnlyMemory<byte> Body => Context.Body.Bytes;

    public override string Text => _text ??= Encoding.UTF8.GetString(Body.Span);

    public override int? CloseStatus => EventType == WebSocketEventType.Disconnect ? Context.CloseStatus : null;

    public override string? CloseReason => EventType == WebSocketEventType.Disconnect ? Context.CloseReason : null;

    public override IServiceProvider Services => exchange.RequestServices;

    public override CancellationToken Aborted => _aborted ??= Context.Timeout.Arm(Context.Route.Integration.Timeout, exchange.Time, default);

    private GatewayContext Context => exchange.Context;

    private ClientConnection Client => Context.Connection!;

    public override string? GetHeader(string name) => exchange.Http.Request.Headers[name] is [.., var last] ? last : null;

    public override string? GetQueryParameter(string name) => RequestParameters.LastQuery(Context, name);

    public override ValueTask<bool> ReplyAsync(ReadOnlyMemory<byte> message) => Socket is { } socket ? socket.ReplyAsync(message) : new(false);

    public override ValueTask<bool> ReplyAsync(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Socket is { } socket ? ReplyAsync(socket, message) : new(false);
    }

    public override void Refuse(int statusCode)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, StatusCodes.Status300MultipleChoices);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        exchange.StatusCode = statusCode;
    }

    public override void SelectSubprotocol(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        exchange.Headers.SecWebSocketProtocol = name;
    }

    public void Reset()
    {
        Socket = null;
        _text = null;
        _aborted = null;
    }

    private static async ValueTask<bool> ReplyAsync(SocketConnection socket, string message)
    {
        using var bytes = new PooledBufferWriter();
        bytes.WriteText(message);
        return await socket.ReplyAsync(bytes.WrittenMemory);
    }
}
