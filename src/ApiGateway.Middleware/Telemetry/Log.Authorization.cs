using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Who may call. Never with a token, or anything else that a caller has shown.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Authorization + 1, Level = LogLevel.Debug, EventName = nameof(AccessDenied),
        Message = "{Outcome} by {Policy}. Route '{Route}', request {RequestId}.")]
    public static partial void AccessDenied(ILogger logger, string outcome, string policy, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Authorization + 2, Level = LogLevel.Warning, EventName = nameof(AuthorizerFailed),
        Message = "The authorizer '{Authorizer}' failed: {Reason}. Route '{Route}', request {RequestId}.")]
    public static partial void AuthorizerFailed(ILogger logger, string authorizer, string reason, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Authorization + 3, Level = LogLevel.Warning, EventName = nameof(AuthorizerAnswerMalformed),
        Message = "The answer of the authorizer '{Authorizer}' is not valid: {Reason}. Route '{Route}', request {RequestId}.")]
    public static partial void AuthorizerAnswerMalformed(ILogger logger, string authorizer, string reason, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Authorization + 4, Level = LogLevel.Error, EventName = nameof(AuthorizerThrew),
        Message = "The authorizer '{Authorizer}' threw an exception or could not be reached. Route '{Route}', request {RequestId}.")]
    public static partial void AuthorizerThrew(ILogger logger, Exception exception, string authorizer, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Authorization + 5, Level = LogLevel.Error, EventName = nameof(AuthorizationFailed),
        Message = "Authorizing a request failed, so it was refused. Route '{Route}', request {RequestId}.")]
    public static partial void AuthorizationFailed(ILogger logger, Exception exception, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Authorization + 6, Level = LogLevel.Debug, EventName = nameof(TokenRefused),
        Message = "The authorizer '{Authorizer}' refused a token: {Reason}, key '{Kid}'. Route '{Route}', request {RequestId}.")]
    public static partial void TokenRefused(ILogger logger, string authorizer, string reason, string? kid, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Authorization + 7, Level = LogLevel.Debug, EventName = nameof(SignatureRefused),
        Message = "A signature was refused: {Reason}. Route '{Route}', request {RequestId}.")]
    public static partial void SignatureRefused(ILogger logger, string reason, string route, string requestId);

    // Shows what the request has of the condition keys that policies name, such as its address.
    [LoggerMessage(EventId = EventIds.Authorization + 8, Level = LogLevel.Debug, EventName = nameof(PolicyExplained),
        Message = "The policy of the {Owner} says {Explanation} Route '{Route}', request {RequestId}.")]
    public static partial void PolicyExplained(ILogger logger, string owner, string explanation, string route, string requestId);
}
