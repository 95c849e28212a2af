using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Telemetry;

namespace ApiGateway.Middleware.Redis.Connection;

/// <summary>The instruments of the connection.</summary>
internal sealed class RedisMetrics
{
    private readonly Counter<long> _failures;
    private int _isUp;

    public RedisMetrics(IMeterFactory meters)
    {
        // The factory owns the meter.
        var meter = meters.Create(GatewayTelemetry.Name);
        _failures = meter.CreateCounter<long>(RedisTelemetry.Failures, "{call}", "Calls to Redis that brought nothing.");
        meter.CreateObservableGauge(RedisTelemetry.Up, () => Volatile.Read(ref _isUp), "1", "1 while Redis answers, else 0.");
    }

    public void Turned(bool isUp) => Volatile.Write(ref _isUp, isUp ? 1 : 0);

    public void Failed(RedisFault fault)
    {
        if (_failures.Enabled)
        {
            FailedCore(fault);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FailedCore(RedisFault fault) => _failures.Add(1, new KeyValuePair<string, object?>("reason", ReasonOf(fault)));

    private static string ReasonOf(RedisFault fault) => fault switch
    {
        RedisFault.Timeout => "timeout",
        RedisFault.Error => "error",
        _ => "down",
    };
}
