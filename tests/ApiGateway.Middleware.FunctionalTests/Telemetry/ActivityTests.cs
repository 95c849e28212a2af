using System.Diagnostics;
using System.Threading.Channels;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Telemetry;

namespace ApiGateway.Middleware.FunctionalTests.Telemetry;

/// <summary>An activity for each request, and its context at the backend.</summary>
[Collection(nameof(ActivityTests))]
[CollectionDefinition(nameof(ActivityTests), DisableParallelization = true)]
public sealed class ActivityTests
{
    private const string Incoming = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Activity_OfARequest_IsNamedByItsRouteAndPassedToTheBackend()
    {
        var ended = Channel.CreateUnbounded<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == GatewayTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => ended.Writer.TryWrite(activity),
        };
        ActivitySource.AddActivityListener(listener);
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend);

        (await host.SendAsync(HttpMethod.Get, "/dev/orders/42", ("traceparent", Incoming), ("tracestate", "vendor=1"))).Dispose();
        var received = await backend.NextAsync();
        var activity = await ended.Reader.ReadAsync().InTime();
        (await host.GetAsync("/dev/broken")).Dispose();
        var failed = await ended.Reader.ReadAsync().InTime();

        Assert.Equal("GET /orders/{id}", activity.DisplayName);
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", activity.TraceId.ToHexString());
        Assert.Equal($"00-{activity.TraceId}-{activity.SpanId}-01", received["traceparent"]);
        Assert.Equal("vendor=1", received["tracestate"]);
        Assert.Equal("/orders/{id}", activity.GetTagItem("http.route"));
        Assert.Equal("api", activity.GetTagItem("api_gateway.api"));
        Assert.Equal("dev", activity.GetTagItem("api_gateway.stage"));
        Assert.Equal(200, activity.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Equal(500, failed.GetTagItem("http.response.status_code"));
        Assert.Equal(ActivityStatusCode.Error, failed.Status);
    }

    [Fact]
    public async Task Activity_NobodyListens_ContextStaysInTheSameTrace()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend);

        (await host.SendAsync(HttpMethod.Get, "/dev/orders/42", ("traceparent", Incoming))).Dispose();

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", (await backend.NextAsync())["traceparent"], StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(TestBackend backend) => TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
        .Map("GET /orders/{id}", method => method.HttpProxy(backend.Url + "/{id}"))
        .Map("GET /broken", static method => method.HttpProxy("http://${stageVariables.none}/"))
        .Stage("dev")));
}
