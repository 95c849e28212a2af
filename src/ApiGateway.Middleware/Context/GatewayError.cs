namespace ApiGateway.Middleware.Context;

/// <summary>Why the gateway answers itself; the variables <c>$context.error.*</c>.</summary>
/// <param name="ResponseType">The type of the answer, such as <c>BAD_REQUEST_BODY</c>.</param>
/// <param name="Message">The message as it is, or <see langword="null"/>.</param>
/// <param name="MessageString">The message as JSON, with its quotation marks, or <c>null</c>.</param>
/// <param name="ValidationErrorString">What request validation found, in brackets; otherwise <see langword="null"/>.</param>
/// <param name="RateLimit">The name of the limit by caller that is exceeded; otherwise <see langword="null"/>.</param>
internal sealed record GatewayError(string ResponseType, string? Message, string MessageString, string? ValidationErrorString = null,
    string? RateLimit = null);
