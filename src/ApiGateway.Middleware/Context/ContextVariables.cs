using System.Collections.Frozen;
using System.Globalization;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Context;

/// <summary>
/// The variables of <c>$context</c>, one table for templates, mappings, gateway responses and logs. Source: "$context variables" in the
/// Amazon API Gateway developer guide.
/// </summary>
internal static class ContextVariables
{
    private const string AuthorizerPrefix = "authorizer.";
    private const string ClaimsPrefix = "claims.";

    private static readonly FrozenDictionary<string, Func<GatewayContext, string?>> Table = new Dictionary<string, Func<GatewayContext, string?>>
    {
        ["accountId"] = static context => context.Api.AccountId,
        ["apiId"] = static context => context.Api.Id,
        ["connectedAt"] = static context => context.Connection?.ConnectedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ["connectionId"] = static context => context.Connection?.ConnectionId,
        ["customDomain.basePathMatched"] = static context =>
            context.Selection.Mapping is { IsOfDomain: true, BasePath.Length: > 0 } mapping ? mapping.BasePath[1..] : null,
        ["deploymentId"] = static context => context.Api.DeploymentId,
        ["domainName"] = static context => context.Http.Request.Host.Host,
        ["domainPrefix"] = static context => FirstLabel(context.Http.Request.Host.Host),
        ["error.message"] = static context => context.Error?.Message,
        ["error.messageString"] = static context => context.Error?.MessageString,
        ["error.rateLimit"] = static context => context.Error?.RateLimit,
        ["error.responseType"] = static context => context.Error?.ResponseType,
        ["error.validationErrorString"] = static context => context.Error?.ValidationErrorString,
        ["eventType"] = static context => context.Connection is null ? null : EventNames.Of(context.EventType),
        ["extendedRequestId"] = static context => context.ExtendedRequestId,
        ["httpMethod"] = static context => context.Http.Request.Method,
        ["identity.accessKey"] = static context => context.Caller?.Signed?.AccessKey,
        ["identity.accountId"] = static context => context.Caller?.Signed?.AccountId,
        ["identity.caller"] = static context => context.Caller?.Signed?.Caller,
        ["identity.cognitoAuthenticationProvider"] = static context => context.Caller?.Signed?.CognitoAuthenticationProvider,
        ["identity.cognitoAuthenticationType"] = static context => context.Caller?.Signed?.CognitoAuthenticationType,
        ["identity.cognitoIdentityId"] = static context => context.Caller?.Signed?.CognitoIdentityId,
        ["identity.cognitoIdentityPoolId"] = static context => context.Caller?.Signed?.CognitoIdentityPoolId,
        ["identity.principalOrgId"] = static context => context.Caller?.Signed?.PrincipalOrgId,
        ["identity.apiKey"] = static context => context.ApiKey ?? context.Connection?.ApiKey,
        ["identity.apiKeyId"] = static context => context.ApiKeyGrant?.KeyId ?? context.Connection?.ApiKeyId,
        ["identity.sourceIp"] = static context => context.SourceIp?.ToString(),
        ["identity.userAgent"] = static context => context.Connection is { } connection ? connection.UserAgent : context.Http.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null,
        ["identity.user"] = static context => context.Caller?.Signed?.User,
        ["identity.userArn"] = static context => context.Caller?.Signed?.UserArn,
        ["messageId"] = static context => context is { Connection: not null, EventType: WebSocketEventType.Message } ? context.MessageId : null,
        ["path"] = static context => context.Target.Path.ToString(),
        ["protocol"] = static context => context.Api.Protocol ?? context.Http.Request.Protocol,
        ["requestId"] = static context => context.RequestId,
        ["requestTime"] = static context => context.ReceivedAt.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
        ["requestTimeEpoch"] = static context => context.ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ["resourceId"] = static context => context.MatchedRoute?.ResourceId,
        ["resourcePath"] = static context => context.MatchedRoute?.ResourcePath,
        ["routeKey"] = static context => context.MatchedRoute?.Key,
        ["stage"] = static context => context.Stage?.Name,
        ["xrayTraceId"] = static context => context.TraceId,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds a variable's text.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path behind <c>$context.</c>, such as <c>identity.sourceIp</c>; case counts.</param>
    /// <returns>The text, or <see langword="null"/> if there is no such variable, or it has no value for this request.</returns>
    public static string? Find(GatewayContext context, string path) =>
        Table.TryGetValue(path, out var read) ? read(context)
        : path.StartsWith(AuthorizerPrefix, StringComparison.Ordinal) ? OfAuthorizer(context, path[AuthorizerPrefix.Length..])
        : null;

    private static string? OfAuthorizer(GatewayContext context, string name)
    {
        // What the authorizer says comes first: an entry called 'status' is the API's, not the log's. The two of the gateway cannot be replaced.
        var caller = context.Caller;
        return name switch
        {
            "principalId" => caller?.PrincipalId,
            "integrationLatency" => LatencyOf(context),
            _ when name.StartsWith(ClaimsPrefix, StringComparison.Ordinal) => caller?.Claims?.GetValueOrDefault(name[ClaimsPrefix.Length..]),
            _ when caller?.Values.TryGetValue(name, out var value) == true => value,
            "latency" => LatencyOf(context),
            "status" or "integrationStatus" => context.AuthorizerStatus == 0 ? null : StatusTexts.Of(context.AuthorizerStatus),
            "error" => context.AuthorizerError,
            "requestId" => context.AuthorizerStatus == 0 ? null : context.RequestId,
            _ => null,
        };
    }

    private static string? LatencyOf(GatewayContext context) =>
        context.Caller is { HasLatency: true } || context.AuthorizerStatus != 0
            ? context.AuthorizerLatency.ToString(CultureInfo.InvariantCulture) : null;

    private static string FirstLabel(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? host : host[..dot];
    }
}
