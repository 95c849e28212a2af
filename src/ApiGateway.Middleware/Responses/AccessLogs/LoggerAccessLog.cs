using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Telemetry;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Responses.AccessLogs;

/// <summary>Writes lines with <c>ILogger</c>, each stage's in a category of its own.</summary>
/// <param name="loggers">Makes them.</param>
internal sealed class LoggerAccessLog(ILoggerFactory loggers) : IAccessLog
{
    private static readonly EventId Event = new(EventIds.Responses + 90, "AccessLog");

    private readonly StageLoggers<AccessLogStage> _loggers = new(stage => loggers.CreateLogger($"ApiGateway.AccessLog.{stage.ApiId}.{stage.Name}"));

    public void Write(AccessLogStage stage, string line)
    {
        var logger = _loggers.Of(stage);
        if (logger.IsEnabled(LogLevel.Information))
        {
            logger.Log(LogLevel.Information, Event, line, null, static (text, _) => text);
        }
    }
}
