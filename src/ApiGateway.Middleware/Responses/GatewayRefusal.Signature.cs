using ApiGateway.Middleware.Contracts;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Responses;

/// <content>What is wrong with a signed request, beside the signature itself.</content>
internal sealed partial class GatewayRefusal
{
    /// <summary>No such access key, or the wrong session token.</summary>
    public static readonly GatewayRefusal UnrecognizedClient = Early(
        GatewayResponseType.AccessDenied, StatusCodes.Status403Forbidden, "UnrecognizedClientException", "The security token included in the request is invalid.");

    /// <summary>The signature's parts cannot be read.</summary>
    /// <param name="message">Which part, and why.</param>
    public static GatewayRefusal IncompleteSignature(string message) =>
        Early(GatewayResponseType.InvalidSignature, StatusCodes.Status403Forbidden, "IncompleteSignatureException", message);
}
