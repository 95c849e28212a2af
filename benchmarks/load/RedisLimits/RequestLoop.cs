using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Hosting;
using ApiGateway.Middleware.State;
using Microsoft.AspNetCore.Http.Features;

namespace RedisLimits;

/// <summary>Limits that cost no round trip: in memory, and with tokens taken ahead. Alone, and in a whole request without a server.</summary>
internal sealed class RequestLoop : IAsyncDisposable
{
    private const int Batch = 1_000;
    private const string Key = "0123456789-0123456789";

    private readonly WebApplication _leased;
    private readonly WebApplication _memory;
    private readonly RequestDelegate _leasedGateway;
    private readonly RequestDelegate _memoryGateway;
    private readonly IThrottleStore _leasedStore;
    private readonly MemoryThrottleStore _memoryStore = new(TimeProvider.System);

    private RequestLoop(WebApplication leased, WebApplication memory)
    {
        (_leased, _memory) = (leased, memory);
        (_leasedGateway, _memoryGateway) = (GatewayOf(leased), GatewayOf(memory));
        _leasedStore = leased.Services.GetRequiredService<IThrottleStore>();
    }

    public static async Task<RequestLoop> CreateAsync(string server) => new(
        await StartAsync(gateway => gateway.AddRedis(options =>
            (options.Configuration, options.Mode, options.Timeout) = (server, RedisMode.Leased, TimeSpan.FromSeconds(1)))),
        await StartAsync(static _ => { }));

    public Task<double> LeasedStoreAsync(TimeSpan duration) => StoreAsync(_leasedStore, duration);

    public Task<double> MemoryStoreAsync(TimeSpan duration) => StoreAsync(_memoryStore, duration);

    public Task<double> LeasedAsync(TimeSpan duration) => RequestsAsync(_leasedGateway, duration);

    public Task<double> MemoryAsync(TimeSpan duration) => RequestsAsync(_memoryGateway, duration);

    public async ValueTask DisposeAsync()
    {
        await _leased.StopAsync();
        await _memory.StopAsync();
        await _leased.DisposeAsync();
        await _memory.DisposeAsync();
    }

    private static async Task<double> StoreAsync(IThrottleStore store, TimeSpan duration)
    {
        var request = Limits.Request(TimeProvider.System);
        return await CountAsync(duration, async () =>
        {
            Limits.Fill(request);
            var pending = store.TryEnterAsync(request);
            var result = pending.IsCompletedSuccessfully ? pending.Result : await pending;
            if (result.Decision != ThrottleDecision.Allowed)
            {
                throw new InvalidOperationException("A request was refused.");
            }
        });
    }

    private static async Task<double> RequestsAsync(RequestDelegate gateway, TimeSpan duration)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            RawTarget = "/prod/x",
            Path = "/prod/x",
            Method = HttpMethods.Get,
            Protocol = "HTTP/1.1",
            Headers = new HeaderDictionary { ["x-api-key"] = Key },
        });
        http.Request.Host = new HostString("localhost", 5000);
        return await CountAsync(duration, async () =>
        {
            http.Response.StatusCode = 0;
            var pending = gateway(http);
            if (!pending.IsCompletedSuccessfully)
            {
                await pending;
            }

            if (http.Response.StatusCode != StatusCodes.Status200OK)
            {
                throw new InvalidOperationException($"A request was answered with {http.Response.StatusCode}.");
            }
        });
    }

    private static async Task<double> CountAsync(TimeSpan duration, Func<ValueTask> call)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var count = 0L;
        while (time.GetElapsedTime(start) < duration)
        {
            for (var i = 0; i < Batch; i++)
            {
                await call();
            }

            count += Batch;
        }

        return count / time.GetElapsedTime(start).TotalSeconds;
    }

    private static RequestDelegate GatewayOf(WebApplication app)
    {
        var pipeline = new ApplicationBuilder(app.Services);
        pipeline.UseApiGateway();
        pipeline.Run(static _ => Task.CompletedTask);
        return pipeline.Build();
    }

    private static async Task<WebApplication> StartAsync(Action<IApiGatewayBuilder> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gateway = builder.Services.AddApiGateway()
            .AddRestApi("orders", static api => api
                .Map("GET /x", static method => method.Mock().RequireApiKey()).Stage("prod").Throttle("prod", Limits.Rate, Limits.Burst, "/x/GET"))
            .AddUsagePlan("gold", static plan =>
            {
                plan.AddStage("orders", "prod").Throttle = new(Limits.Rate, Limits.Burst);
                plan.Quota = new() { Limit = Limits.Quota, Period = QuotaPeriod.Month };
            })
            .AddApiKey("partner", static key =>
            {
                key.Value = Key;
                key.UsagePlans.Add("gold");
            });
        configure(gateway);
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }
}
