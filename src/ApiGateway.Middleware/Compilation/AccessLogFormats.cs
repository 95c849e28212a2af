using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The forms that the service's console proposes, and the variables of access logs.</summary>
internal static class AccessLogFormats
{
    private const string RestClf =
        "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] \"$context.httpMethod $context.resourcePath $context.protocol\" $context.status $context.responseLength $context.requestId $context.extendedRequestId";

    private const string RestJson =
        "{ \"requestId\":\"$context.requestId\", \"extendedRequestId\":\"$context.extendedRequestId\", \"ip\":\"$context.identity.sourceIp\", \"caller\":\"$context.identity.caller\", \"user\":\"$context.identity.user\", \"requestTime\":\"$context.requestTime\", \"httpMethod\":\"$context.httpMethod\", \"resourcePath\":\"$context.resourcePath\", \"status\":\"$context.status\", \"protocol\":\"$context.protocol\", \"responseLength\":\"$context.responseLength\" }";

    private const string RestXml =
        "<request id=\"$context.requestId\"> <ip>$context.identity.sourceIp</ip> <caller>$context.identity.caller</caller> <user>$context.identity.user</user> <requestTime>$context.requestTime</requestTime> <httpMethod>$context.httpMethod</httpMethod> <resourcePath>$context.resourcePath</resourcePath> <status>$context.status</status> <protocol>$context.protocol</protocol> <responseLength>$context.responseLength</responseLength> <extendedRequestId>$context.extendedRequestId</extendedRequestId> </request>";

    private const string RestCsv =
        "$context.identity.sourceIp,$context.identity.caller,$context.identity.user,$context.requestTime,$context.httpMethod,$context.resourcePath,$context.protocol,$context.status,$context.responseLength,$context.requestId,$context.extendedRequestId";

    private const string HttpClf =
        "$context.identity.sourceIp - - [$context.requestTime] \"$context.httpMethod $context.routeKey $context.protocol\" $context.status $context.responseLength $context.requestId";

    private const string HttpJson =
        "{ \"requestId\":\"$context.requestId\", \"ip\":\"$context.identity.sourceIp\", \"requestTime\":\"$context.requestTime\", \"httpMethod\":\"$context.httpMethod\", \"routeKey\":\"$context.routeKey\", \"status\":\"$context.status\", \"protocol\":\"$context.protocol\", \"responseLength\":\"$context.responseLength\" }";

    private const string HttpXml =
        "<request id=\"$context.requestId\"> <ip>$context.identity.sourceIp</ip> <requestTime>$context.requestTime</requestTime> <httpMethod>$context.httpMethod</httpMethod> <routeKey>$context.routeKey</routeKey> <status>$context.status</status> <protocol>$context.protocol</protocol> <responseLength>$context.responseLength</responseLength> </request>";

    private const string HttpCsv =
        "$context.identity.sourceIp,$context.requestTime,$context.httpMethod,$context.routeKey,$context.protocol,$context.status,$context.responseLength,$context.requestId";

    private const string WebSocketClf =
        "$context.identity.sourceIp $context.identity.caller $context.identity.user [$context.requestTime] \"$context.eventType $context.routeKey $context.connectionId\" $context.status $context.requestId";

    private const string WebSocketJson =
        "{ \"requestId\":\"$context.requestId\", \"ip\":\"$context.identity.sourceIp\", \"caller\":\"$context.identity.caller\", \"user\":\"$context.identity.user\", \"requestTime\":\"$context.requestTime\", \"eventType\":\"$context.eventType\", \"routeKey\":\"$context.routeKey\", \"status\":\"$context.status\", \"connectionId\":\"$context.connectionId\" }";

    private const string WebSocketXml =
        "<request id=\"$context.requestId\"> <ip>$context.identity.sourceIp</ip> <caller>$context.identity.caller</caller> <user>$context.identity.user</user> <requestTime>$context.requestTime</requestTime> <eventType>$context.eventType</eventType> <routeKey>$context.routeKey</routeKey> <status>$context.status</status> <connectionId>$context.connectionId</connectionId> </request>";

    private const string WebSocketCsv =
        "$context.identity.sourceIp,$context.identity.caller,$context.identity.user,$context.requestTime,$context.eventType,$context.routeKey,$context.status,$context.connectionId,$context.requestId";

    // Those that nothing in process has a value for are known, too: the service would not complain of them.
    private static readonly FrozenSet<string> Variables = FrozenSet.Create(
        StringComparer.Ordinal,
        "accountId", "apiId", "authenticate.error", "authenticate.latency", "authenticate.status", "authorize.error", "authorize.latency",
        "authorize.status", "awsEndpointRequestId", "awsEndpointRequestId2", "connectedAt", "connectionId", "customDomain.basePathMatched",
        "dataProcessed", "deploymentId", "domainName", "domainPrefix", "endpointType", "error.message", "error.messageString", "error.rateLimit",
        "error.responseType", "error.validationErrorString", "eventType", "extendedRequestId", "httpMethod", "identity.accessKey",
        "identity.accountId", "identity.apiKey", "identity.apiKeyId", "identity.caller", "identity.clientCert.clientCertPem",
        "identity.clientCert.issuerDN", "identity.clientCert.serialNumber", "identity.clientCert.subjectDN",
        "identity.clientCert.validity.notAfter", "identity.clientCert.validity.notBefore", "identity.cognitoAuthenticationProvider",
        "identity.cognitoAuthenticationType", "identity.cognitoIdentityId", "identity.cognitoIdentityPoolId", "identity.principalOrgId",
        "identity.sourceIp", "identity.user", "identity.userAgent", "identity.userArn", "identity.vpcId", "identity.vpceId", "integration.error",
        "integration.integrationStatus", "integration.latency", "integration.requestId", "integration.status", "integrationErrorMessage",
        "integrationLatency", "integrationStatus", "isCanaryRequest", "messageId", "path", "protocol", "requestId", "requestTime",
        "requestTimeEpoch", "resourceId", "resourcePath", "responseLatency", "responseLength", "responseOverride.status", "routeKey", "stage",
        "status", "tlsVersion", "cipherSuite", "waf.error", "waf.latency", "waf.status", "wafResponseCode", "webaclArn", "xrayTraceId");

    public static IEnumerable<string> Known => Variables;

    /// <summary>Returns whether there is such a variable; what an authorizer says has any name.</summary>
    public static bool IsKnown(string path) => Variables.Contains(path) || path.StartsWith("authorizer.", StringComparison.Ordinal);

    /// <summary>Gets a form by its name, or <see langword="null"/>.</summary>
    public static string? Find(string name, ApiKind kind) => (name, kind) switch
    {
        ("CLF", ApiKind.Http) => HttpClf,
        ("JSON", ApiKind.Http) => HttpJson,
        ("XML", ApiKind.Http) => HttpXml,
        ("CSV", ApiKind.Http) => HttpCsv,
        ("CLF", ApiKind.WebSocket) => WebSocketClf,
        ("JSON", ApiKind.WebSocket) => WebSocketJson,
        ("XML", ApiKind.WebSocket) => WebSocketXml,
        ("CSV", ApiKind.WebSocket) => WebSocketCsv,
        ("CLF", _) => RestClf,
        ("JSON", _) => RestJson,
        ("XML", _) => RestXml,
        ("CSV", _) => RestCsv,
        _ => null,
    };
}
