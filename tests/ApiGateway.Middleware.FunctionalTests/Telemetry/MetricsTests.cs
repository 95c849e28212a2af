using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Telemetry;

/// <summary>What the instruments tell. Tags hold names of the definition only.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Instruments_OneRequestOfEachKind_CountAndMeasureByNamesOfTheDefinition()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartAsync(time);
        using var meter = new Measured(host.Services, GatewayTelemetry.Name);

        (await host.GetAsync("/dev/orders/42?secret=1")).Dispose();
        (await host.GetAsync("/dev/nothing/here")).Dispose();
        (await host.GetAsync("/dev/broken")).Dispose();
        (await host.GetAsync("/outside")).Dispose();

        Assert.Equal(
            ["1 api=api route= stage=dev", "1 api=api route=GET /broken stage=dev", "1 api=api route=GET /orders/{id} stage=dev"],
            meter.Of(GatewayTelemetry.Requests));
        Assert.Equal(["1 api=api route= stage=dev"], meter.Of(GatewayTelemetry.ClientErrors));
        Assert.Equal(["1 api=api route=GET /broken stage=dev"], meter.Of(GatewayTelemetry.ServerErrors));
        Assert.Equal(
            [
                "1 api=api reason=API_CONFIGURATION_ERROR route=GET /broken stage=dev",
                "1 api=api reason=MISSING_AUTHENTICATION_TOKEN route= stage=dev",
            ],
            meter.Of(GatewayTelemetry.Rejections));
        Assert.Equal(
            ["0 api=api route= stage=dev", "0 api=api route=GET /broken stage=dev", "2.5 api=api route=GET /orders/{id} stage=dev"],
            meter.Of(GatewayTelemetry.Latency));
        Assert.Equal(["2.5 api=api route=GET /orders/{id} stage=dev"], meter.Of(GatewayTelemetry.IntegrationLatency));
        Assert.Equal("s", meter.UnitOf(GatewayTelemetry.Latency));
        Assert.Equal("{request}", meter.UnitOf(GatewayTelemetry.Requests));
    }

    [Fact]
    public async Task ServerMetric_HasTheResourcePathAsRouteOnce()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            AddsTerminal = false,
            Gateway = static gateway => gateway.AddRestApi("api", static api => api
                .Map("GET /orders/{id}", static method => method.InProcess())
                .Map("GET /mock/{id}", static method => method.Mock())
                .Stage("dev")),
            App = static app =>
            {
                app.UseApiGateway();
                app.MapGet("/orders/{number}", static () => "endpoint");
            },
        });
        using var meter = new Measured(host.Services, "Microsoft.AspNetCore.Hosting");

        Assert.Equal("endpoint", await host.GetTextAsync("/dev/orders/42"));
        (await host.GetAsync("/dev/mock/42")).Dispose();
        await meter.UntilAsync("http.server.request.duration", 2);

        var routes = meter.Of("http.server.request.duration").Select(static text => text.Split(' ').Where(static tag => tag.StartsWith("http.route=", StringComparison.Ordinal)).ToArray()).ToList();
        Assert.All(routes, static tags => Assert.Single(tags));
        Assert.Contains(routes, static tags => tags[0] == "http.route=/mock/{id}");
    }

    private static Task<TestHost> StartAsync(ManualTimeProvider time) => TestHost.StartAsync(new TestHostSetup
    {
        Time = time,
        Gateway = gateway => gateway
            .AddRestApi("api", static api => api
                .Map("GET /orders/{id}", static method => method.InProcess("slow"))
                .Map("GET /broken", static method => method.Mock(200, static integration => integration.RequestTemplates.Clear()))
                .Stage("dev"))
            .AddHandler("slow", _ =>
            {
                time.Advance(TimeSpan.FromSeconds(2.5));
                return Task.CompletedTask;
            }),
    });

    /// <summary>Collects the measurements of one host's meter.</summary>
    internal sealed class Measured : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Name, string Text)> _measurements = [];
        private readonly ConcurrentDictionary<string, string?> _units = new(StringComparer.Ordinal);
        private readonly SemaphoreSlim _arrived = new(0);

        public Measured(IServiceProvider services, string meterName)
        {
            var factory = services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                // Other tests have meters of the same name; the scope tells whose it is.
                if (instrument.Meter.Name == meterName && ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    _units[instrument.Name] = instrument.Unit;
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public string[] Of(string name) => [.. _measurements.Where(item => item.Name == name).Select(static item => item.Text).Order(StringComparer.Ordinal)];

        public string? UnitOf(string name) => _units[name];

        public async Task UntilAsync(string name, int count)
        {
            while (Of(name).Length < count)
            {
                Assert.True(await _arrived.WaitAsync(Wait.Limit));
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            _arrived.Dispose();
        }

        private void Add(Instrument instrument, FormattableString text) => Add(instrument.Name, FormattableString.Invariant(text));

        private void Add(Instrument instrument, IFormattable value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            Add(instrument, $"{value} {string.Join(' ', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal))}");

        private void Add(string name, string text)
        {
            _measurements.Enqueue((name, text));
            _arrived.Release();
        }
    }
}
