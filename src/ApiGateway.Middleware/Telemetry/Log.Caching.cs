using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Cached answers.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Caching + 1, Level = LogLevel.Warning, EventName = nameof(CacheStoreFailed),
        Message = "The store of cached answers failed or took too long; the request goes on without it. Route '{Route}', request {RequestId}.")]
    public static partial void CacheStoreFailed(ILogger logger, Exception exception, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Caching + 2, Level = LogLevel.Warning, EventName = nameof(StaleAnswerServed),
        Message = "The integration failed; an older answer was given. Route '{Route}', request {RequestId}.")]
    public static partial void StaleAnswerServed(ILogger logger, Exception? exception, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Caching + 3, Level = LogLevel.Warning, EventName = nameof(CacheRefreshFailed),
        Message = "A cached answer could not be fetched again; the older one stays. Route '{Route}', request {RequestId}.")]
    public static partial void CacheRefreshFailed(ILogger logger, Exception? exception, string route, string requestId);
}
