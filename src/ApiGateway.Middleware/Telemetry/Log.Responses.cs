using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Answers of the gateway itself.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Responses + 1, Level = LogLevel.Debug, EventName = nameof(Rejected),
        Message = "Answered with {Status} {Reason}. API '{Api}', stage '{Stage}', route '{Route}', request {RequestId}.")]
    public static partial void Rejected(
        ILogger logger, int status, string reason, string api, string? stage, string? route, string requestId);

    [LoggerMessage(EventId = EventIds.Responses + 2, Level = LogLevel.Error, EventName = nameof(AccessLogFailed),
        Message = "The access log of API '{Api}', stage '{Stage}', has not taken a line.")]
    public static partial void AccessLogFailed(ILogger logger, Exception exception, string api, string stage);
}
