using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <content>Who may not call, or not now.</content>
internal sealed partial class GatewayRefusal
{
    /// <summary>No statement allows the caller, by a Lambda authorizer's policy.</summary>
    public static readonly GatewayRefusal ImplicitlyDenied = AccessDenied("User is not authorized to access this resource");

    /// <summary>A statement denies the caller, by a Lambda authorizer's policy.</summary>
    public static readonly GatewayRefusal ExplicitlyDenied = AccessDenied("User is not authorized to access this resource with an explicit deny");

    public static readonly GatewayRefusal Unauthorized = Early(
        GatewayResponseType.Unauthorized, StatusCodes.Status401Unauthorized, "UnauthorizedException", "Unauthorized");

    /// <summary>A user pool's token is past its time.</summary>
    public static readonly GatewayRefusal ExpiredUserPoolToken = Early(
        GatewayResponseType.Unauthorized, StatusCodes.Status401Unauthorized, "UnauthorizedException", "The incoming token has expired");

    /// <summary>Temporary credentials of a signed request are past their time.</summary>
    public static readonly GatewayRefusal ExpiredToken = Early(
        GatewayResponseType.ExpiredToken, StatusCodes.Status403Forbidden, "ExpiredTokenException", "The security token included in the request is expired");

    public static readonly GatewayRefusal SignatureMismatch = InvalidSignature(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details.");

    /// <summary>The authorizer failed.</summary>
    public static readonly GatewayRefusal AuthorizerFailure = Early(
        GatewayResponseType.AuthorizerFailure, StatusCodes.Status500InternalServerError, "AuthorizerFailureException", null);

    /// <summary>The authorizer could not be called, or its answer could not be understood.</summary>
    public static readonly GatewayRefusal AuthorizerConfigurationError = Early(
        GatewayResponseType.AuthorizerConfigurationError, StatusCodes.Status500InternalServerError, "AuthorizerConfigurationException", null);

    public static readonly GatewayRefusal InvalidApiKey = Early(
        GatewayResponseType.InvalidApiKey, StatusCodes.Status403Forbidden, "ForbiddenException", "Forbidden");

    /// <summary>The caller asks for a new answer of a cached method, and may not.</summary>
    public static readonly GatewayRefusal InvalidationForbidden = Early(
        GatewayResponseType.Default4xx, StatusCodes.Status403Forbidden, "ForbiddenException", "Forbidden");

    public static readonly GatewayRefusal Throttled = Early(
        GatewayResponseType.Throttled, StatusCodes.Status429TooManyRequests, "TooManyRequestsException", "Too Many Requests");

    public static readonly GatewayRefusal QuotaExceeded = Early(
        GatewayResponseType.QuotaExceeded, StatusCodes.Status429TooManyRequests, "LimitExceededException", "Limit Exceeded");

    /// <summary>Nobody can say whether the caller is within its limits, and the API lets nobody in then. Not of the managed service.</summary>
    public static readonly GatewayRefusal ThrottlingUnavailable = Early(
        GatewayResponseType.Default5xx, StatusCodes.Status503ServiceUnavailable, "ServiceUnavailableException", "Service Unavailable");

    /// <summary>A limit by caller, beyond those of the managed service, is exceeded. The answer says which.</summary>
    /// <param name="limit">The limit's name: letters, digits, hyphens, underscores and dots.</param>
    public static GatewayRefusal RateLimited(string limit) =>
        new(Throttled.Type, Throttled.StatusCode, Throttled.ErrorType, Throttled.Message, $"{{\"message\":#,\"limit\":\"{limit}\"}}") { RateLimit = limit };

    /// <summary>A policy does not let the caller in. Here alone the default body has a capital letter: recorded.</summary>
    /// <param name="message">Whom the policy refuses what.</param>
    public static GatewayRefusal AccessDenied(string message) =>
        new(GatewayResponseType.AccessDenied, StatusCodes.Status403Forbidden, "AccessDeniedException", message, "{\"Message\":#}");

    /// <summary>The request's signature does not hold.</summary>
    /// <param name="message">Why, such as <c>Signature expired: ...</c>.</param>
    public static GatewayRefusal InvalidSignature(string message) =>
        Early(GatewayResponseType.InvalidSignature, StatusCodes.Status403Forbidden, "InvalidSignatureException", message);
}
