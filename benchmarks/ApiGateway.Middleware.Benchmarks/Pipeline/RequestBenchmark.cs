using ApiGateway.Middleware.Hosting;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Pipeline;

/// <summary>What does the gateway add to a request that the application answers, and to one that it answers itself?</summary>
[MemoryDiagnoser]
public class RequestBenchmark
{
    private readonly DefaultHttpContext _empty = new();
    private readonly DefaultHttpContext _inProcess = new();
    private readonly DefaultHttpContext _mock = new();
    private readonly DefaultHttpContext _httpApi = new();
    private readonly DefaultHttpContext _preflight = new();
    private RequestDelegate _application = AnswerAsync;
    private RequestDelegate _gateway = AnswerAsync;
    private ServiceProvider? _provider;

    [GlobalSetup]
    public void Setup()
    {
        _provider = BenchmarkGateway.CreateOf(static gateway => gateway
            .AddRestApi("benchmark", static api => api
                .Map("GET /orders", static method => method.InProcess())
                .Map("GET /orders/{order}/status", static method => method.Mock())
                .Stage("prod"))
            .AddHttpApi("http", static api => api
                .Map("GET /orders", static route => route.InProcess())
                .Map("GET /orders/{order}/status", static route => route.InProcess())
                .Stage("$default")
                .Cors(static cors =>
                {
                    cors.AllowOrigins.Add("https://shop.example.com");
                    cors.AllowMethods.Add("GET");
                })
                .Host("preflight.test").Definition.ResponseIds = false)
            .AddHttpApi("plain", static api => api
                .Map("GET /orders", static route => route.InProcess())
                .Map("GET /orders/{order}/status", static route => route.InProcess())
                .Stage("v2")
                .Definition.ResponseIds = false));

        var application = new ApplicationBuilder(_provider);
        application.Run(AnswerAsync);
        _application = application.Build();

        var gateway = new ApplicationBuilder(_provider);
        gateway.UseApiGateway();
        gateway.Run(AnswerAsync);
        _gateway = gateway.Build();

        Prepare(_empty, "/prod/orders");
        Prepare(_inProcess, "/prod/orders");
        Prepare(_mock, "/prod/orders/4711/status");
        Prepare(_httpApi, "/v2/orders");
        Prepare(_preflight, "/orders", HttpMethods.Options);
        _preflight.Request.Host = new HostString("preflight.test");
        _preflight.Request.Headers.Origin = "https://shop.example.com";
        _preflight.Request.Headers.AccessControlRequestMethod = "GET";
        Check(_gateway, _inProcess);
        Check(_gateway, _httpApi);
        Check(_gateway, _preflight, StatusCodes.Status204NoContent);
        Check(_gateway, _mock);
    }

    [GlobalCleanup]
    public void Cleanup() => _provider?.Dispose();

    [Benchmark(Baseline = true)]
    public Task WithoutGateway() => _application(_empty);

    [Benchmark]
    public Task InProcess() => _gateway(_inProcess);

    [Benchmark]
    public Task Mock() => _gateway(_mock);

    /// <summary>The same through an HTTP API, without <c>apigw-requestid</c>.</summary>
    [Benchmark]
    public Task HttpApi() => _gateway(_httpApi);

    [Benchmark]
    public Task HttpApiPreflight() => _gateway(_preflight);

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static void Prepare(DefaultHttpContext http, string path, string? method = null)
    {
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { RawTarget = path, Path = path, Method = method ?? HttpMethods.Get });
        http.Request.Host = new HostString("localhost", 5000);
        http.Request.Headers.UserAgent = "benchmark";
        http.Request.Headers.Accept = "*/*";
        http.Request.Headers.AcceptEncoding = "gzip, deflate, br";
    }

    private static void Check(RequestDelegate app, HttpContext http, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = 0;
        app(http).GetAwaiter().GetResult();
        if (http.Response.StatusCode != status)
        {
            throw new InvalidOperationException($"'{http.Request.Path}' was answered with {http.Response.StatusCode}.");
        }
    }
}
