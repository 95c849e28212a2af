using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Events of WebSocket connections.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.WebSockets + 1, Level = LogLevel.Error, EventName = nameof(EventFailed),
        Message = "An event of route '{Route}' failed, connection {ConnectionId}.")]
    public static partial void EventFailed(ILogger logger, Exception exception, string? route, string connectionId);

    [LoggerMessage(EventId = EventIds.WebSockets + 2, Level = LogLevel.Warning, EventName = nameof(DisconnectRefused),
        Message = "The route '$disconnect' failed: {Reason}, connection {ConnectionId}, request {RequestId}.")]
    public static partial void DisconnectRefused(ILogger logger, string reason, string connectionId, string requestId);

    [LoggerMessage(EventId = EventIds.WebSockets + 3, Level = LogLevel.Warning, EventName = nameof(AnswerTooLong),
        Message = "An answer of {Bytes} bytes is longer than clients get, route '{Route}', request {RequestId}.")]
    public static partial void AnswerTooLong(ILogger logger, int bytes, string route, string requestId);

    [LoggerMessage(EventId = EventIds.WebSockets + 4, Level = LogLevel.Warning, EventName = nameof(AnswerDropped),
        Message = "An answer was dropped, because the client does not read or has left, connection {ConnectionId}, request {RequestId}.")]
    public static partial void AnswerDropped(ILogger logger, string connectionId, string requestId);

    [LoggerMessage(EventId = EventIds.WebSockets + 5, Level = LogLevel.Warning, EventName = nameof(SubprotocolNotOffered),
        Message = "The route '$connect' chose no subprotocol that the client offers, or several; none was sent, connection {ConnectionId}, request {RequestId}.")]
    public static partial void SubprotocolNotOffered(ILogger logger, string connectionId, string requestId);

    [LoggerMessage(EventId = EventIds.WebSockets + 6, Level = LogLevel.Warning, EventName = nameof(RegistryFailed),
        Message = "The registry of connections cannot be asked.")]
    public static partial void RegistryFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = EventIds.WebSockets + 7, Level = LogLevel.Information, EventName = nameof(RegistryBack),
        Message = "The registry of connections answers again.")]
    public static partial void RegistryBack(ILogger logger);

    [LoggerMessage(EventId = EventIds.WebSockets + 8, Level = LogLevel.Warning, EventName = nameof(OrphansFound),
        Message = "{Count} connections of node '{Node}', which is silent, are taken over: '$disconnect' runs for them.")]
    public static partial void OrphansFound(ILogger logger, int count, string node);
}
