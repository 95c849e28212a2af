using System.Collections.Frozen;
using System.Globalization;

namespace ApiGateway.Middleware.Context;

/// <summary>
/// The variables of <c>$context</c>, one table for templates, mappings, gateway responses and logs. Source: "$context variables" in the
/// Amazon API Gateway developer guide.
/// </summary>
internal static class ContextVariables
{
    private static readonly FrozenDictionary<string, Func<GatewayContext, string?>> Table = new Dictionary<string, Func<GatewayContext, string?>>
    {
        ["accountId"] = static context => context.Api.AccountId,
        ["apiId"] = static context => context.Api.Id,
        ["deploymentId"] = static context => context.Api.DeploymentId,
        ["domainName"] = static context => context.Http.Request.Host.Host,
        ["domainPrefix"] = static context => FirstLabel(context.Http.Request.Host.Host),
        ["error.message"] = static context => context.Error?.Message,
        ["error.messageString"] = static context => context.Error?.MessageString,
        ["error.responseType"] = static context => context.Error?.ResponseType,
        ["error.validationErrorString"] = static context => context.Error?.ValidationErrorString,
        ["extendedRequestId"] = static context => context.ExtendedRequestId,
        ["httpMethod"] = static context => context.Http.Request.Method,
        ["identity.apiKey"] = static context => context.ApiKey,
        ["identity.apiKeyId"] = static context => context.ApiKeyGrant?.KeyId,
        ["identity.sourceIp"] = static context => context.SourceIp?.ToString(),
        ["identity.userAgent"] = static context => context.Http.Request.Headers.UserAgent is [{ } agent, ..] ? agent : null,
        ["path"] = static context => context.Target.Path.ToString(),
        ["protocol"] = static context => context.Http.Request.Protocol,
        ["requestId"] = static context => context.RequestId,
        ["requestTime"] = static context => context.ReceivedAt.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture),
        ["requestTimeEpoch"] = static context => context.ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ["resourceId"] = static context => context.MatchedRoute?.ResourceId,
        ["resourcePath"] = static context => context.MatchedRoute?.ResourcePath,
        ["stage"] = static context => context.Stage?.Name,
        ["xrayTraceId"] = static context => context.TraceId,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Finds a variable's text.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">The path behind <c>$context.</c>, such as <c>identity.sourceIp</c>; case counts.</param>
    /// <returns>The text, or <see langword="null"/> if there is no such variable, or it has no value for this request.</returns>
    public static string? Find(GatewayContext context, string path) =>
        Table.TryGetValue(path, out var read) ? read(context) : null;

    private static string FirstLabel(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? host : host[..dot];
    }
}
