using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Limits and quotas.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Throttling + 1, Level = LogLevel.Debug, EventName = nameof(Throttled),
        Message = "{Reason} Request {RequestId}.")]
    public static partial void Throttled(ILogger logger, string reason, string requestId);
}
