using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Mappings and templates.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Transformation + 1, Level = LogLevel.Warning, EventName = nameof(TemplateFailed),
        Message = "A template of route '{Route}' failed, request {RequestId}. {Reason}")]
    public static partial void TemplateFailed(ILogger logger, string route, string requestId, string reason);

    [LoggerMessage(EventId = EventIds.Transformation + 2, Level = LogLevel.Warning, EventName = nameof(MappingFailed),
        Message = "Execution failed due to configuration error: {Reason} Route '{Route}', request {RequestId}.")]
    public static partial void MappingFailed(ILogger logger, string route, string requestId, string reason);

    [LoggerMessage(EventId = EventIds.Transformation + 3, Level = LogLevel.Warning, EventName = nameof(MockStatusMissing),
        Message = "Unable to parse statusCode. It should be an integer that is defined in the request template. Route '{Route}', request {RequestId}.")]
    public static partial void MockStatusMissing(ILogger logger, string route, string requestId);
}
