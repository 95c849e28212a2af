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
    private RequestDelegate _application = AnswerAsync;
    private RequestDelegate _gateway = AnswerAsync;
    private ServiceProvider? _provider;

    [GlobalSetup]
    public void Setup()
    {
        _provider = BenchmarkGateway.Create(static api => api
            .Map("GET /orders", static method => method.InProcess())
            .Map("GET /orders/{order}/status", static method => method.Mock())
            .Stage("prod"));

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
        Check(_gateway, _inProcess);
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

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static void Prepare(DefaultHttpContext http, string path)
    {
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { RawTarget = path, Path = path, Method = HttpMethods.Get });
        http.Request.Host = new HostString("localhost", 5000);
        http.Request.Headers.UserAgent = "benchmark";
        http.Request.Headers.Accept = "*/*";
        http.Request.Headers.AcceptEncoding = "gzip, deflate, br";
    }

    private static void Check(RequestDelegate app, HttpContext http)
    {
        http.Response.StatusCode = 0;
        app(http).GetAwaiter().GetResult();
        if (http.Response.StatusCode != StatusCodes.Status200OK)
        {
            throw new InvalidOperationException($"'{http.Request.Path}' was answered with {http.Response.StatusCode}.");
        }
    }
}
