using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>The pipeline as a whole.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Pipeline + 1, Level = LogLevel.Error, EventName = nameof(RequestFailed),
        Message = "The gateway failed. API '{Api}', stage '{Stage}', route '{Route}', request {RequestId}.")]
    public static partial void RequestFailed(
        ILogger logger, Exception exception, string api, string? stage, string? route, string requestId);
}
