using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Responses;

/// <summary>Every refusal with what Amazon API Gateway answers: type, status, error type and body, to the byte.</summary>
internal static class RefusalTable
{
    private const string Signature =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. "
        + "Consult the service documentation for details.";

    public static readonly (string Name, GatewayRefusal Refusal, GatewayResponseType Type, int Status, string ErrorType, string Body)[] Rows =
    [
        ("bad request", GatewayRefusal.BadRequest, GatewayResponseType.Default4xx, 400, "BadRequestException", """{"message":"Bad Request"}"""),
        ("URI too long", GatewayRefusal.UriTooLong, GatewayResponseType.Default4xx, 414, "BadRequestException", """{"message":"Request URI too long"}"""),
        ("headers too large", GatewayRefusal.HeadersTooLarge, GatewayResponseType.Default4xx, 431, "BadRequestException", """{"message":"Request Header Fields Too Large"}"""),
        ("request too large", GatewayRefusal.RequestTooLarge, GatewayResponseType.RequestTooLarge, 413, "RequestEntityTooLargeException", """{"message":"Request Too Long"}"""),
        ("forbidden", GatewayRefusal.Forbidden, GatewayResponseType.Default4xx, 403, "ForbiddenException", """{"message":"Forbidden"}"""),
        ("WAF", GatewayRefusal.WafFiltered, GatewayResponseType.WafFiltered, 403, "ForbiddenException", """{"message":"Forbidden"}"""),
        ("no route", GatewayRefusal.NoRoute, GatewayResponseType.MissingAuthenticationToken, 403, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}"""),
        ("missing token", GatewayRefusal.MissingAuthenticationToken, GatewayResponseType.MissingAuthenticationToken, 403, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}"""),
        ("not found", GatewayRefusal.ResourceNotFound, GatewayResponseType.ResourceNotFound, 404, "NotFoundException", """{"message":"Not Found"}"""),
        ("implicit deny", GatewayRefusal.ImplicitlyDenied, GatewayResponseType.AccessDenied, 403, "AccessDeniedException", """{"Message":"User is not authorized to access this resource"}"""),
        ("explicit deny", GatewayRefusal.ExplicitlyDenied, GatewayResponseType.AccessDenied, 403, "AccessDeniedException", """{"Message":"User is not authorized to access this resource with an explicit deny"}"""),
        ("policy", GatewayRefusal.AccessDenied("User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/x"), GatewayResponseType.AccessDenied, 403, "AccessDeniedException", """{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/x"}"""),
        ("unauthorized", GatewayRefusal.Unauthorized, GatewayResponseType.Unauthorized, 401, "UnauthorizedException", """{"message":"Unauthorized"}"""),
        ("missing scope", GatewayRefusal.MissingScope, GatewayResponseType.AccessDenied, 403, "AccessDeniedException", """{"message":"Forbidden"}"""),
        ("expired user pool token", GatewayRefusal.ExpiredUserPoolToken, GatewayResponseType.Unauthorized, 401, "UnauthorizedException", """{"message":"The incoming token has expired"}"""),
        ("expired token", GatewayRefusal.ExpiredToken, GatewayResponseType.ExpiredToken, 403, "ExpiredTokenException", """{"message":"The security token included in the request is expired"}"""),
        ("signature", GatewayRefusal.SignatureMismatch, GatewayResponseType.InvalidSignature, 403, "InvalidSignatureException", $$"""{"message":"{{Signature}}"}"""),
        ("stale signature", GatewayRefusal.InvalidSignature("Signature expired: 20260102T030405Z"), GatewayResponseType.InvalidSignature, 403, "InvalidSignatureException", """{"message":"Signature expired: 20260102T030405Z"}"""),
        ("authorizer failure", GatewayRefusal.AuthorizerFailure, GatewayResponseType.AuthorizerFailure, 500, "AuthorizerFailureException", """{"message":null}"""),
        ("authorizer configuration", GatewayRefusal.AuthorizerConfigurationError, GatewayResponseType.AuthorizerConfigurationError, 500, "AuthorizerConfigurationException", """{"message":null}"""),
        ("API key", GatewayRefusal.InvalidApiKey, GatewayResponseType.InvalidApiKey, 403, "ForbiddenException", """{"message":"Forbidden"}"""),
        ("cache invalidation", GatewayRefusal.InvalidationForbidden, GatewayResponseType.Default4xx, 403, "ForbiddenException", """{"message":"Forbidden"}"""),
        ("throttled", GatewayRefusal.Throttled, GatewayResponseType.Throttled, 429, "TooManyRequestsException", """{"message":"Too Many Requests"}"""),
        ("quota", GatewayRefusal.QuotaExceeded, GatewayResponseType.QuotaExceeded, 429, "LimitExceededException", """{"message":"Limit Exceeded"}"""),
        ("throttling unavailable", GatewayRefusal.ThrottlingUnavailable, GatewayResponseType.Default5xx, 503, "ServiceUnavailableException", """{"message":"Service Unavailable"}"""),
        ("parameters", GatewayRefusal.MissingParameters("a, b"), GatewayResponseType.BadRequestParameters, 400, "BadRequestException", """{"message": "Missing required request parameters: [a, b]"}"""),
        ("body", GatewayRefusal.InvalidBody(null), GatewayResponseType.BadRequestBody, 400, "BadRequestException", """{"message": "Invalid request body"}"""),
        ("body with reason", GatewayRefusal.InvalidBody("[x]"), GatewayResponseType.BadRequestBody, 400, "BadRequestException", """{"message": "Invalid request body"}"""),
        ("media type", GatewayRefusal.UnsupportedMediaType, GatewayResponseType.UnsupportedMediaType, 415, "BadRequestException", """{"message": "Unsupported Media Type"}"""),
        ("JSON", GatewayRefusal.InvalidJson, GatewayResponseType.Default4xx, 400, "BadRequestException", """{"message": "Invalid JSON in request body"}"""),
        ("server error", GatewayRefusal.InternalServerError, GatewayResponseType.Default5xx, 500, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        ("unrecognized client", GatewayRefusal.UnrecognizedClient, GatewayResponseType.AccessDenied, 403, "UnrecognizedClientException", """{"message":"The security token included in the request is invalid."}"""),
        ("configuration", GatewayRefusal.ConfigurationError, GatewayResponseType.ApiConfigurationError, 500, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        ("host not found", GatewayRefusal.HostNotFound, GatewayResponseType.ApiConfigurationError, 500, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        ("network", GatewayRefusal.NetworkError, GatewayResponseType.IntegrationFailure, 500, "InternalServerErrorException", """{"message": "Network error communicating with endpoint"}"""),
        ("response too large", GatewayRefusal.ResponseTooLarge, GatewayResponseType.IntegrationFailure, 500, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        ("malformed function answer", GatewayRefusal.MalformedFunctionAnswer, GatewayResponseType.IntegrationFailure, 502, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        ("function unavailable", GatewayRefusal.FunctionUnavailable, GatewayResponseType.IntegrationFailure, 500, "InternalServerErrorException", """{"message": "Internal server error"}"""),
        ("upgrade required", GatewayRefusal.UpgradeRequired, GatewayResponseType.Default4xx, 426, "UpgradeRequiredException", """{"message":"Upgrade Required"}"""),
        ("draining", GatewayRefusal.Draining, GatewayResponseType.Default5xx, 503, "ServiceUnavailableException", """{"message":"Service Unavailable"}"""),
        ("connection gone", GatewayRefusal.ConnectionGone, GatewayResponseType.Default4xx, 410, "GoneException", ""),
        ("message too large", GatewayRefusal.MessageTooLarge, GatewayResponseType.RequestTooLarge, 413, "PayloadTooLargeException", """{"message":"Request Entity Too Large"}"""),
        ("connection limited", GatewayRefusal.ConnectionLimited, GatewayResponseType.Throttled, 429, "LimitExceededException", """{"message":"Too Many Requests"}"""),
        ("connection unreachable", GatewayRefusal.ConnectionUnreachable, GatewayResponseType.Default5xx, 500, "InternalServerErrorException", """{"message":"Internal server error"}"""),
        ("connection id", GatewayRefusal.InvalidConnectionId("a\"#", "r"), GatewayResponseType.Default4xx, 400, "BadRequestException", """{"message":"Invalid connectionId: a\"#","connectionId":"a\"\u0023","requestId":"r"}"""),
        ("connect failed", GatewayRefusal.ConnectFailed(502, "Internal server error", "c", "r"), GatewayResponseType.IntegrationFailure, 502, "InternalServerErrorException", """{"message":"Internal server error","connectionId":"c","requestId":"r"}"""),
        ("timeout", GatewayRefusal.IntegrationTimeout, GatewayResponseType.IntegrationTimeout, 504, "InternalServerErrorException", """{"message": "Endpoint request timed out"}"""),
    ];

    public static TheoryData<string> Names => [.. Rows.Select(static row => row.Name)];

    public static GatewayRefusal Find(string name) => Rows.Single(row => row.Name == name).Refusal;
}
