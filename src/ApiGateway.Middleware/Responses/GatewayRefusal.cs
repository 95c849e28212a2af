using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <summary>A reason to answer instead of the backend: status, error type, message, and the exact bytes of the default body.</summary>
internal sealed class GatewayRefusal
{
    public static readonly GatewayRefusal BadRequest = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status400BadRequest, "BadRequestException", "Bad Request");

    public static readonly GatewayRefusal RequestTooLarge = Early(
        GatewayResponseType.RequestTooLarge, StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLargeException", "Request Too Long");

    public static readonly GatewayRefusal UriTooLong = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status414UriTooLong, "BadRequestException", "Request URI too long");

    public static readonly GatewayRefusal HeadersTooLarge = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status431RequestHeaderFieldsTooLarge, "BadRequestException", "Request Header Fields Too Large");

    /// <summary>No such stage, or the default host is disabled.</summary>
    public static readonly GatewayRefusal Forbidden = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status403Forbidden, "ForbiddenException", "Forbidden");

    public static readonly GatewayRefusal MissingAuthenticationToken = Early(
        GatewayResponseType.MissingAuthenticationToken, StatusCodes.Status403Forbidden, "MissingAuthenticationTokenException", "Missing Authentication Token");

    public static readonly GatewayRefusal InternalServerError = Late(
        GatewayResponseType.Default5xx, StatusCodes.Status500InternalServerError, "Internal server error");

    public static readonly GatewayRefusal ConfigurationError = Late(
        GatewayResponseType.ApiConfigurationError, StatusCodes.Status500InternalServerError, "Internal server error");

    /// <summary>The table of the guide says 504; observed, until it is customized, is 500.</summary>
    public static readonly GatewayRefusal NetworkError = Late(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status500InternalServerError, "Network error communicating with endpoint");

    public static readonly GatewayRefusal ResponseTooLarge = Late(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status500InternalServerError, "Internal server error");

    /// <summary>The function failed, or its answer is not of the form that is asked for.</summary>
    public static readonly GatewayRefusal MalformedFunctionAnswer = Late(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status502BadGateway, "Internal server error");

    /// <summary>The function was not run: too many calls, or its service is out of order. 504 only once it is customized.</summary>
    public static readonly GatewayRefusal FunctionUnavailable = Late(
        GatewayResponseType.IntegrationFailure, StatusCodes.Status500InternalServerError, "Internal server error");

    public static readonly GatewayRefusal IntegrationTimeout = Late(
        GatewayResponseType.IntegrationTimeout, StatusCodes.Status504GatewayTimeout, "Endpoint request timed out");

    private GatewayRefusal(GatewayResponseType type, int statusCode, string errorType, string message, string format)
    {
        Type = type;
        StatusCode = statusCode;
        ErrorType = errorType;
        Message = message;
        DefaultBody = Encoding.UTF8.GetBytes(
            format.Replace("#", JsonEncodedText.Encode(message, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value, StringComparison.Ordinal));
    }

    public GatewayResponseType Type { get; }

    public int StatusCode { get; }

    /// <summary>Gets the value of <c>x-amzn-ErrorType</c>.</summary>
    public string ErrorType { get; }

    public string Message { get; }

    public ReadOnlyMemory<byte> DefaultBody { get; }

    // What is refused before a method runs prints without a space, what fails while it runs with one: recorded.
    private static GatewayRefusal Early(GatewayResponseType type, int statusCode, string errorType, string message) =>
        new(type, statusCode, errorType, message, "{\"message\":\"#\"}");

    private static GatewayRefusal Late(GatewayResponseType type, int statusCode, string message) =>
        new(type, statusCode, "InternalServerErrorException", message, "{\"message\": \"#\"}");
}
