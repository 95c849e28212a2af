using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ApiGateway.Middleware.Redis.Connection;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Redis.Tests.Harness;

/// <summary>Counts what an instrument of one host tells, by its tag: failures, unless another is named.</summary>
internal sealed class FailureCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public FailureCounter(IServiceProvider services, string name = RedisTelemetry.Failures)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate((string)tags[0].Value!, value, (_, old) => old + value));
        _listener.Start();
    }

    public long this[string reason] => _counts.GetValueOrDefault(reason);

    public long Total => _counts.Values.Sum();

    public void Dispose() => _listener.Dispose();
}
