using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <content>What WebSocket APIs refuse: handshakes, and calls of <c>@connections</c>.</content>
internal sealed partial class GatewayRefusal
{
    /// <summary>The request does not ask for a WebSocket connection.</summary>
    public static readonly GatewayRefusal UpgradeRequired = new(
        GatewayResponseType.Default4xx, StatusCodes.Status426UpgradeRequired, "UpgradeRequiredException", "Upgrade Required", "{\"message\":#}")
    {
        Case = ErrorCase.BadRequest,
        IsCustomizable = false,
    };

    /// <summary>This node ends, and opens no more connections.</summary>
    public static readonly GatewayRefusal Draining = Fixed(
        GatewayResponseType.Default5xx, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailableException", "Service Unavailable",
        value: ErrorCase.Unavailable);

    /// <summary>There is no such connection. The body is empty: recorded.</summary>
    public static readonly GatewayRefusal ConnectionGone = new(
        GatewayResponseType.Default4xx, StatusCodes.Status410Gone, "GoneException", null, "")
    {
        Case = ErrorCase.NotFound,
        IsCustomizable = false,
    };

    /// <summary>A message is longer than clients get.</summary>
    public static readonly GatewayRefusal MessageTooLarge = Fixed(
        GatewayResponseType.RequestTooLarge, StatusCodes.Status413PayloadTooLarge, "PayloadTooLargeException", "Request Entity Too Large");

    /// <summary>The client reads too slowly.</summary>
    public static readonly GatewayRefusal ConnectionLimited = Fixed(
        GatewayResponseType.Throttled, StatusCodes.Status429TooManyRequests, "LimitExceededException", "Too Many Requests");

    /// <summary>The node that holds the connection cannot be asked.</summary>
    public static readonly GatewayRefusal ConnectionUnreachable = Fixed(
        GatewayResponseType.Default5xx, StatusCodes.Status500InternalServerError, "InternalServerErrorException", "Internal server error");

    /// <summary>What stands in place of a connection's id is none.</summary>
    /// <param name="id">The text.</param>
    /// <param name="requestId">The id of the request.</param>
    public static GatewayRefusal InvalidConnectionId(string id, string requestId) => Fixed(
        GatewayResponseType.Default4xx, StatusCodes.Status400BadRequest, "BadRequestException", $"Invalid connectionId: {id}",
        $",\"connectionId\":{Quote(id).Replace("#", "\\u0023", StringComparison.Ordinal)},\"requestId\":\"{requestId}\"}}");

    /// <summary>The route <c>$connect</c> has failed.</summary>
    /// <param name="status">The status.</param>
    /// <param name="message">What has failed, as callers are told.</param>
    /// <param name="connectionId">The id of the connection that is not opened.</param>
    /// <param name="requestId">The id of the request.</param>
    public static GatewayRefusal ConnectFailed(int status, string message, string connectionId, string requestId) => Fixed(
        status == StatusCodes.Status504GatewayTimeout ? GatewayResponseType.IntegrationTimeout : GatewayResponseType.IntegrationFailure,
        status, InternalServerErrorType, message, $",\"connectionId\":\"{connectionId}\",\"requestId\":\"{requestId}\"}}", ErrorCase.Unavailable);

    // WebSocket APIs have no gateway responses.
    private static GatewayRefusal Fixed(
        GatewayResponseType type, int statusCode, string errorType, string message, string end = "}", ErrorCase? value = null) =>
        new(type, statusCode, errorType, message, "{\"message\":#" + end)
        {
            Case = value ?? CaseOf(statusCode),
            IsCustomizable = false,
        };
}
