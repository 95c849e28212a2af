using System.Globalization;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Context;

/// <summary>The variables of <c>$context</c> as access logs have them: those of all requests, and what is known at the end alone.</summary>
/// <remarks>Source: "Variables for access logging for API Gateway".</remarks>
internal static class AccessLogVariables
{
    private const string AccessDenied = "ACCESS_DENIED";
    private const int Ok = 200;
    private const int Forbidden = 403;

    /// <summary>Finds a variable's text, or <see langword="null"/>.</summary>
    /// <param name="entry">The request.</param>
    /// <param name="path">The path behind <c>$context.</c>; case counts.</param>
    public static string? Find(in AccessLogEntry entry, string path)
    {
        var context = entry.Context;
        return path switch
        {
            "status" => StatusTexts.Of(entry.Status),
            "responseLatency" => Milliseconds(entry.Latency),
            "responseLength" => context.Counted?.Length.ToString(CultureInfo.InvariantCulture),
            "integrationLatency" or "integration.latency" => context.IntegrationLatency is { } latency ? Milliseconds(latency) : null,
            "integrationStatus" or "integration.integrationStatus" => Status(context.IntegrationStatus),
            "integration.status" => Status(context.FunctionStatus == 0 ? context.IntegrationStatus : context.FunctionStatus),
            "integrationErrorMessage" or "integration.error" =>
                context.Error is { ResponseType: "INTEGRATION_FAILURE" or "INTEGRATION_TIMEOUT" or "API_CONFIGURATION_ERROR" } error ? error.Message : null,
            "authenticate.status" => IsSigned(context) ? Status(IsKnown(context) ? Ok : entry.Status) : null,
            "authenticate.error" => IsSigned(context) && !IsKnown(context) ? context.Error?.Message : null,
            "authorize.status" => IsDenied(context) ? Status(Forbidden) : context.Caller is null ? null : Status(Ok),
            "authorize.error" => IsDenied(context) ? context.Error?.Message : null,
            "endpointType" => "REGIONAL",
            _ => ContextVariables.Find(context, path),
        };
    }

    private static bool IsSigned(GatewayContext context) => context.MatchedRoute?.Authorization?.Kind == AuthorizationKind.Signature;

    private static bool IsDenied(GatewayContext context) => context.Error?.ResponseType == AccessDenied;

    private static bool IsKnown(GatewayContext context) => context.Caller?.Signed is not null || IsDenied(context);

    private static string? Status(int status) => status == 0 ? null : StatusTexts.Of(status);

    private static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
