using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Telemetry;

/// <content>Calls to backends.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = EventIds.Integrations + 1, Level = LogLevel.Warning, EventName = nameof(BackendUnreachable),
        Message = "The backend of route '{Route}' could not be reached or broke off, request {RequestId}.")]
    public static partial void BackendUnreachable(ILogger logger, Exception exception, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 2, Level = LogLevel.Warning, EventName = nameof(BackendTooSlow),
        Message = "The backend of route '{Route}' did not answer within {Milliseconds} ms, request {RequestId}.")]
    public static partial void BackendTooSlow(ILogger logger, string route, double milliseconds, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 3, Level = LogLevel.Warning, EventName = nameof(EndpointMatchedTooEarly),
        Message = "An endpoint was matched before the gateway changed the path, so IN_PROCESS route '{Route}' reaches that endpoint. " +
            "Call app.UseRouting() after app.UseApiGateway().")]
    public static partial void EndpointMatchedTooEarly(ILogger logger, string route);

    [LoggerMessage(EventId = EventIds.Integrations + 4, Level = LogLevel.Debug, EventName = nameof(BackendHeaderDropped),
        Message = "Header '{Header}' of the backend was dropped, because its value is not legal, request {RequestId}.")]
    public static partial void BackendHeaderDropped(ILogger logger, string header, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 20, Level = LogLevel.Warning, EventName = nameof(FunctionThrew),
        Message = "The function '{Function}' threw an exception, request {RequestId}.")]
    public static partial void FunctionThrew(ILogger logger, Exception exception, string function, string? requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 21, Level = LogLevel.Warning, EventName = nameof(FunctionErred),
        Message = "The function '{Function}' failed: {Error}, request {RequestId}.")]
    public static partial void FunctionErred(ILogger logger, string function, string error, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 22, Level = LogLevel.Warning, EventName = nameof(FunctionRefused),
        Message = "The function '{Function}' was not run: status {Status}, {ErrorType}, request {RequestId}.")]
    public static partial void FunctionRefused(ILogger logger, string function, int status, string? errorType, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 23, Level = LogLevel.Warning, EventName = nameof(FunctionAnswerMalformed),
        Message = "Execution failed due to configuration error: Malformed Lambda proxy response. Route '{Route}', request {RequestId}.")]
    public static partial void FunctionAnswerMalformed(ILogger logger, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 24, Level = LogLevel.Warning, EventName = nameof(InvocationTypeUnknown),
        Message = "X-Amz-Invocation-Type of route '{Route}' is none of RequestResponse, Event and DryRun, request {RequestId}.")]
    public static partial void InvocationTypeUnknown(ILogger logger, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 5, Level = LogLevel.Warning, EventName = nameof(LinkLeadsNowhere),
        Message = "The VPC link '{Link}' of route '{Route}' leads to no backend, request {RequestId}. Map it in 'VpcLinks', or by AddVpcLink.")]
    public static partial void LinkLeadsNowhere(ILogger logger, string link, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 25, Level = LogLevel.Warning, EventName = nameof(ServiceActionFailed),
        Message = "The action '{Action}' of route '{Route}' failed, request {RequestId}.")]
    public static partial void ServiceActionFailed(ILogger logger, Exception exception, string action, string route, string requestId);

    [LoggerMessage(EventId = EventIds.Integrations + 6, Level = LogLevel.Error, EventName = nameof(HandlerThrew),
        Message = "The handler of route '{Route}' threw an exception, request {RequestId}.")]
    public static partial void HandlerThrew(ILogger logger, Exception exception, string route, string requestId);
}
