using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <content>What fails while the method runs.</content>
internal sealed partial class GatewayRefusal
{
    private const string InternalServerErrorType = "InternalServerErrorException";
    private const string InternalServerErrorMessage = "Internal server error";

    public static readonly GatewayRefusal UnsupportedMediaType = Late(
        GatewayResponseType.UnsupportedMediaType, StatusCodes.Status415UnsupportedMediaType, "BadRequestException", "Unsupported Media Type");

    /// <summary>A mapping needs the body as JSON, and it is none.</summary>
    public static readonly GatewayRefusal InvalidJson = Late(
        GatewayResponseType.Default4xx, StatusCodes.Status400BadRequest, "BadRequestException", "Invalid JSON in request body");

    public static readonly GatewayRefusal InternalServerError = Late(
        GatewayResponseType.Default5xx, StatusCodes.Status500InternalServerError, InternalServerErrorType, InternalServerErrorMessage);

    public static readonly GatewayRefusal ConfigurationError = Late(
        GatewayResponseType.ApiConfigurationError, StatusCodes.Status500InternalServerError, InternalServerErrorType, InternalServerErrorMessage);

    /// <summary>The backend's host name leads nowhere: to REST APIs a matter of configuration, to HTTP APIs a backend like any other that
    /// cannot be reached.</summary>
    public static readonly GatewayRefusal HostNotFound = new(
        GatewayResponseType.ApiConfigurationError, StatusCodes.Status500InternalServerError, InternalServerErrorType, InternalServerErrorMessage,
        "{\"message\": #}")
    {
        Case = ErrorCase.Unreachable,
    };

    /// <summary>The table of the guide says 504; observed, until it is customized, is 500.</summary>
    public static readonly GatewayRefusal NetworkError = new(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status500InternalServerError, InternalServerErrorType,
        "Network error communicating with endpoint", "{\"message\": #}")
    {
        Case = ErrorCase.Unreachable,
    };

    public static readonly GatewayRefusal ResponseTooLarge = Late(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status500InternalServerError, InternalServerErrorType, InternalServerErrorMessage);

    public static readonly GatewayRefusal IntegrationTimeout = Late(
        GatewayResponseType.IntegrationTimeout, StatusCodes.Status504GatewayTimeout, InternalServerErrorType, "Endpoint request timed out");

    /// <summary>The function failed, or its answer is not of the form that is asked for.</summary>
    public static readonly GatewayRefusal MalformedFunctionAnswer = new(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status502BadGateway, InternalServerErrorType, InternalServerErrorMessage, "{\"message\": #}")
    {
        Case = ErrorCase.BadAnswer,
    };

    /// <summary>The function was not run: too many calls, or its service is out of order. 504 only once it is customized.</summary>
    public static readonly GatewayRefusal FunctionUnavailable = Late(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status500InternalServerError, InternalServerErrorType, InternalServerErrorMessage);

    private static readonly GatewayRefusal InvalidBodyWithoutReason = CreateInvalidBody(null);

    /// <summary>Required parameters are missing.</summary>
    /// <param name="names">Their names, without brackets: <c>a, b</c>.</param>
    public static GatewayRefusal MissingParameters(string names) => Late(
        GatewayResponseType.BadRequestParameters, StatusCodes.Status400BadRequest, "BadRequestException",
        $"Missing required request parameters: [{names}]", $"[{names}]");

    /// <summary>The body does not match its model.</summary>
    /// <param name="validationErrorString">What is wrong, in brackets, or <see langword="null"/> if nobody wants to know.</param>
    public static GatewayRefusal InvalidBody(string? validationErrorString) =>
        validationErrorString is null ? InvalidBodyWithoutReason : CreateInvalidBody(validationErrorString);

    private static GatewayRefusal CreateInvalidBody(string? validationErrorString) => Late(
        GatewayResponseType.BadRequestBody, StatusCodes.Status400BadRequest, "BadRequestException", "Invalid request body", validationErrorString);
}
