using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <content>What is refused before or while the method is looked for.</content>
internal sealed partial class GatewayRefusal
{
    public static readonly GatewayRefusal BadRequest = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status400BadRequest, "BadRequestException", "Bad Request");

    public static readonly GatewayRefusal UriTooLong = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status414UriTooLong, "BadRequestException", "Request URI too long");

    public static readonly GatewayRefusal HeadersTooLarge = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status431RequestHeaderFieldsTooLarge, "BadRequestException", "Request Header Fields Too Large");

    /// <summary>Cannot be customized: "Amazon API Gateway important notes".</summary>
    public static readonly GatewayRefusal RequestTooLarge = new(
        GatewayResponseType.RequestTooLarge, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLargeException", "Request Too Long", "{\"message\":#}")
    {
        IsCustomizable = false,
    };

    /// <summary>No such stage, or the default host is disabled. Customized answers belong to a stage's deployment, so there are none.</summary>
    public static readonly GatewayRefusal Forbidden = new(
        GatewayResponseType.Default4xx, StatusCodes.Status403Forbidden, "ForbiddenException", "Forbidden", "{\"message\":#}")
    {
        IsCustomizable = false,
        Case = ErrorCase.NotFound,
    };

    public static readonly GatewayRefusal WafFiltered = Early(
        GatewayResponseType.WafFiltered, StatusCodes.Status403Forbidden, "ForbiddenException", "Forbidden");

    /// <summary>No such method and resource. With REST APIs the answer is that to missing credentials.</summary>
    public static readonly GatewayRefusal NoRoute = new(
        GatewayResponseType.MissingAuthenticationToken, StatusCodes.Status403Forbidden, "MissingAuthenticationTokenException",
        "Missing Authentication Token", "{\"message\":#}")
    {
        Case = ErrorCase.NotFound,
    };

    /// <summary>No credentials.</summary>
    public static readonly GatewayRefusal MissingAuthenticationToken = Early(
        GatewayResponseType.MissingAuthenticationToken, StatusCodes.Status403Forbidden, "MissingAuthenticationTokenException", "Missing Authentication Token");

    /// <summary>The resource vanished after the request was let in.</summary>
    public static readonly GatewayRefusal ResourceNotFound = Early(
        GatewayResponseType.ResourceNotFound, StatusCodes.Status404NotFound, "NotFoundException", "Not Found");
}
