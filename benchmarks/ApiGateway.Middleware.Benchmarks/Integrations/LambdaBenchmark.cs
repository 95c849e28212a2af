using System.Net;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Snapshots;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Integrations;

/// <summary>What does it take to write a request as an event, and to read a function's answer?</summary>
[MemoryDiagnoser]
public class LambdaBenchmark
{
    private readonly LambdaCall _event = new();
    private readonly LambdaCall _answer = new();
    private readonly DefaultHttpContext _http = new();
    private GatewayContext _context = null!;
    private ServiceProvider? _provider;

    [GlobalSetup]
    public void Setup()
    {
        _provider = BenchmarkGateway.Create(
            static gateway => gateway.AddLambdaFunction("orders", static (_, _, _, _) => ValueTask.CompletedTask),
            static api => api.Map("GET /orders/{id}", static method => method.LambdaProxy("orders")).Stage("prod"));
        _http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            RawTarget = "/prod/orders/4711?page=2&size=50",
            Path = "/prod/orders/4711",
            QueryString = "?page=2&size=50",
            Method = "GET",
            Scheme = "http",
        });
        _http.Connection.RemoteIpAddress = IPAddress.Loopback;
        _http.Request.Host = new HostString("localhost", 5000);
        _http.Request.Headers.UserAgent = "benchmark";
        _http.Request.Headers.Accept = "*/*";
        _http.Request.Headers.AcceptEncoding = "gzip, deflate, br";
        var snapshot = _provider.GetRequiredService<SnapshotSource>().Current;
        var target = RequestTarget.Of(_http);
        if (!ApiSelector.TrySelect(snapshot.Directory, "localhost", target, "", out var match))
        {
            throw new InvalidOperationException("The request reaches no API.");
        }

        _context = new GatewayContext(TimeProvider.System);
        _context.Begin(_http, static _ => Task.CompletedTask, false, snapshot, target, match);
        _context.Stage = match.Stage!;
        var segments = _context.CutSegments(_context.Stage.Routes.Depth);
        _context.MatchedRoute = _context.Stage.Routes.Match(_context.ResourcePath, segments, false, _context.Method);
        _answer.Answer.Write(
            "{\"statusCode\":200,\"headers\":{\"Content-Type\":\"application/json\",\"Cache-Control\":\"no-store\"},\"body\":\"{\\\"id\\\":4711,\\\"state\\\":\\\"open\\\"}\"}"u8);
        if (WriteEvent() == 0 || !ReadAnswer())
        {
            throw new InvalidOperationException("There is no event, or the answer is malformed.");
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _event.Dispose();
        _answer.Dispose();
        _provider?.Dispose();
    }

    /// <summary>The ids of the request are made once and not part of the figure.</summary>
    [Benchmark]
    public int WriteEvent()
    {
        _event.Event.Truncate(0);
        _event.Query.Reset();
        RestEventWriter.Write(_context, (LambdaIntegrationPlan)_context.Route.Integration, _event, TimeProvider.System);
        return _event.Event.Length;
    }

    /// <summary>All that a function in process costs besides its own work.</summary>
    [Benchmark]
    public bool Both() => WriteEvent() > 0 && ReadAnswer();

    [Benchmark]
    public bool ReadAnswer()
    {
        _answer.Result.Reset();
        return ProxyAnswerReader.TryRead(_answer);
    }
}
