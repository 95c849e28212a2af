using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Calls to backends.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Integrations + 1, Level = LogLevel.Warning, EventName = nameof(BackendUnreachable),
        Message = "The backend of route '{Route}' could not be reached or broke off, request {RequestId}.")]
    public static partial void BackendUnreachable(ILogger logger, Exception exception, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 2, Level = LogLevel.Warning, EventName = nameof(BackendTooSlow),
        Message = "The backend of route '{Route}' did not answer within {Milliseconds} ms, request {RequestId}.")]
    public static partial void BackendTooSlow(ILogger logger, string route, double milliseconds, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 3, Level = LogLevel.Warning, EventName = nameof(EndpointMatchedTooEarly),
        Message = "An endpoint was matched before the gateway changed the path, so IN_PROCESS route '{Route}' reaches that endpoint. " +
            "Call app.UseRouting() after app.UseApiGateway().")]
    public static partial void EndpointMatchedTooEarly(ILogger logger, string route);

    [LoggerMessage(EventId = EventIds.Integrations + 4, Level = LogLevel.Debug, EventName = nameof(BackendHeaderDropped),
        Message = "Header '{Header}' of the backend was dropped, because its value is not legal, request {RequestId}.")]
    public static partial void BackendHeaderDropped(ILogger logger, string header, string requestId);
}
