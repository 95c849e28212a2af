using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Throttling;

/// <summary>What do a key, limits and a quota add to a request?</summary>
[MemoryDiagnoser]
public class ThrottlingBenchmark
{
    private const string Key = "0123456789-0123456789";
    private const double Rate = 1e9;
    private const int Keys = 10_000;

    private readonly DefaultHttpContext _open = new();
    private readonly DefaultHttpContext _limited = new();
    private readonly DefaultHttpContext _keyed = new();
    private readonly ThrottleBuckets _buckets = new(TimeProvider.System);
    private readonly ThrottleLimit _limit = new("benchmark", Rate, int.MaxValue);
    private ApiKeyTable _table = ApiKeyTable.Empty;
    private RequestDelegate _gateway = static _ => Task.CompletedTask;
    private ServiceProvider? _provider;

    [GlobalSetup]
    public void Setup()
    {
        _provider = BenchmarkGateway.Create(
            static gateway =>
            {
                gateway.AddUsagePlan("gold", static plan =>
                {
                    plan.AddStage("benchmark", "prod");
                    plan.Throttle = new(Rate, int.MaxValue);
                    plan.Quota = new() { Limit = long.MaxValue / 2, Period = QuotaPeriod.Month };
                });
                for (var i = 0; i < Keys; i++)
                {
                    var number = i;
                    gateway.AddApiKey($"key{number}", key =>
                    {
                        key.Value = number == 0 ? Key : $"{number:00000000000000000000}";
                        key.UsagePlans.Add("gold");
                    });
                }
            },
            static api => api
                .Map("GET /open", static method => method.Mock())
                .Map("GET /limited", static method => method.Mock())
                .Map("GET /keyed", static method => method.Mock().RequireApiKey())
                .Stage("prod")
                .Throttle("prod", Rate, int.MaxValue, "/limited/GET")
                .Throttle("prod", Rate, int.MaxValue, "/keyed/GET"));
        var app = new ApplicationBuilder(_provider);
        app.UseApiGateway();
        app.Run(static _ => Task.CompletedTask);
        _gateway = app.Build();
        _table = _provider.GetRequiredService<SnapshotSource>().Current.Stages[0].Routes.Routes.First(static route => route.ApiKey is not null).ApiKey!.Keys;

        Prepare(_open, "/prod/open", StatusCodes.Status200OK);
        Prepare(_limited, "/prod/limited", StatusCodes.Status200OK);

        // What lets everybody in is fast, too.
        Prepare(_keyed, "/prod/keyed", StatusCodes.Status403Forbidden);
        _keyed.Request.Headers["x-api-key"] = Key;
        Prepare(_keyed, "/prod/keyed", StatusCodes.Status200OK);
    }

    [GlobalCleanup]
    public void Cleanup() => _provider?.Dispose();

    [Benchmark(Baseline = true)]
    public Task NoPlan() => _gateway(_open);

    [Benchmark]
    public Task StageLimit() => _gateway(_limited);

    /// <summary>A key among ten thousand, its limit, that of the stage, and a quota.</summary>
    [Benchmark]
    public Task KeyTwoLimitsAndQuota() => _gateway(_keyed);

    [Benchmark]
    public bool OneBucketAlone() => _buckets.TryTake(_limit, 1, _buckets.Now, out _);

    [Benchmark]
    public object? KeyAlone() => _table.Find(Key, default);

    private void Prepare(DefaultHttpContext http, string path, int status)
    {
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            RawTarget = path,
            Path = path,
            Method = HttpMethods.Get,
            Protocol = "HTTP/1.1",
            Headers = http.Request.Headers,
        });
        http.Request.Host = new HostString("localhost", 5000);
        http.Response.StatusCode = 0;
        _gateway(http).GetAwaiter().GetResult();
        if (http.Response.StatusCode != status)
        {
            throw new InvalidOperationException($"'{path}' was answered with {http.Response.StatusCode}.");
        }
    }
}
