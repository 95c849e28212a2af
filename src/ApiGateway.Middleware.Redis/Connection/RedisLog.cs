using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>What the package logs. Its event ids begin at 2100.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(EventId = 2101, Level = LogLevel.Information, EventName = nameof(RedisUp), Message = "Redis answers.")]
    public static partial void RedisUp(ILogger logger);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, EventName = nameof(RedisDown),
        Message = "Redis does not answer: {Reason} Requests go on without it until it does.")]
    public static partial void RedisDown(ILogger logger, string reason, Exception? exception);

    [LoggerMessage(EventId = 2103, Level = LogLevel.Debug, EventName = nameof(RedisError), Message = "Redis refused a command.")]
    public static partial void RedisError(ILogger logger, Exception? exception);

    [LoggerMessage(EventId = 2104, Level = LogLevel.Warning, EventName = nameof(NotListening),
        Message = "Redis answers, but messages of other hosts do not arrive, so cached answers are not kept in memory. May the user subscribe and publish?")]
    public static partial void NotListening(ILogger logger);
}
