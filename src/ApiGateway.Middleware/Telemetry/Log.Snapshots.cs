using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Loading and reloading of definitions.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Snapshots + 1, Level = LogLevel.Information, EventName = nameof(DefinitionPublished),
        Message = "Gateway definition '{Revision}' is in force: {Apis} APIs, {Routes} routes.")]
    public static partial void DefinitionPublished(ILogger logger, string revision, int apis, int routes);

    [LoggerMessage(EventId = EventIds.Snapshots + 2, Level = LogLevel.Error, EventName = nameof(DefinitionRejected),
        Message = "A changed gateway definition was rejected; '{Revision}' stays in force. {Errors}")]
    public static partial void DefinitionRejected(ILogger logger, string revision, string errors);

    [LoggerMessage(EventId = EventIds.Snapshots + 3, Level = LogLevel.Warning, EventName = nameof(DefinitionDoubtful),
        Message = "{Warning}")]
    public static partial void DefinitionDoubtful(ILogger logger, string warning);

    [LoggerMessage(EventId = EventIds.Snapshots + 4, Level = LogLevel.Error, EventName = nameof(ReloadFailed),
        Message = "Reloading the gateway's definition failed; '{Revision}' stays in force.")]
    public static partial void ReloadFailed(ILogger logger, Exception exception, string revision);

    [LoggerMessage(EventId = EventIds.Snapshots + 5, Level = LogLevel.Information, EventName = nameof(DefinitionIgnored),
        Message = "{Note}")]
    public static partial void DefinitionIgnored(ILogger logger, string note);
}
