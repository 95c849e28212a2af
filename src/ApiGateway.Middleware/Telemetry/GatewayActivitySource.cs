using System.Diagnostics;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Telemetry;

/// <summary>An activity per request, named by its route, below that of the server.</summary>
internal sealed class GatewayActivitySource : IDisposable
{
    private readonly ActivitySource _source = new(GatewayTelemetry.Name);

    public Activity? Start() => _source.HasListeners() ? _source.StartActivity("api_gateway.request") : null;

    public static void Describe(Activity activity, in RequestNames names, int statusCode)
    {
        if (names.Route is { } route)
        {
            activity.DisplayName = route.Key;
            activity.SetTag("http.route", route.ResourcePath);
        }

        activity.SetTag("api_gateway.api", names.Api.Name);
        activity.SetTag("api_gateway.stage", names.Stage?.Name);
        activity.SetTag("http.response.status_code", statusCode);
        if (statusCode >= 500)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }

    public void Dispose() => _source.Dispose();
}
