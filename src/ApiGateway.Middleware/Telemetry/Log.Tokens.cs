using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>The keys of token issuers.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Tokens, Level = LogLevel.Warning, EventName = nameof(JwksStale),
        Message = "The keys of issuer '{Issuer}' could not be renewed; those that are known stay in use.")]
    public static partial void JwksStale(ILogger logger, string issuer, Exception exception);

    [LoggerMessage(EventId = EventIds.Tokens + 1, Level = LogLevel.Error, EventName = nameof(JwksUnavailable),
        Message = "The keys of issuer '{Issuer}' could not be fetched; requests with its tokens are answered with 500.")]
    public static partial void JwksUnavailable(ILogger logger, string issuer, Exception exception);

    [LoggerMessage(EventId = EventIds.Tokens + 2, Level = LogLevel.Warning, EventName = nameof(JwksKeysDropped),
        Message = "Keys of issuer '{Issuer}' are not used: {Reasons}.")]
    public static partial void JwksKeysDropped(ILogger logger, string issuer, string reasons);
}
