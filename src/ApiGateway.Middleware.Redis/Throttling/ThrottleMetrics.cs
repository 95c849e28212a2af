using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Redis.Connection;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.Telemetry;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>The instruments of shared limits.</summary>
internal sealed class ThrottleMetrics
{
    private readonly Counter<long> _fallbacks;

    public ThrottleMetrics(IMeterFactory meters, HostCount hosts)
    {
        // The factory owns the meter.
        var meter = meters.Create(GatewayTelemetry.Name);
        _fallbacks = meter.CreateCounter<long>(RedisTelemetry.ThrottleFallbacks, "{request}", "Requests whose limits were decided without Redis.");
        meter.CreateObservableGauge(RedisTelemetry.Hosts, () => hosts.Last, "{host}", "Hosts that share the limits, as last known.");
    }

    public void Decided(RedisFailureMode mode)
    {
        if (_fallbacks.Enabled)
        {
            DecidedCore(mode);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecidedCore(RedisFailureMode mode) => _fallbacks.Add(1, new KeyValuePair<string, object?>("mode", mode switch
    {
        RedisFailureMode.Open => "open",
        RedisFailureMode.Closed => "closed",
        _ => "local",
    }));
}
