using System.IO.Pipelines;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.State;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Caching;

/// <summary>What does a request cost that gets 1 KB from the cache in memory, instead of the handler that would write it?</summary>
[MemoryDiagnoser]
public class CachingBenchmark
{
    private const int Keys = 100_000;
    private const int Length = 1024;

    private static readonly byte[] Body = new byte[Length];

    private readonly DefaultHttpContext _open = new();
    private readonly DefaultHttpContext _exact = new();
    private readonly DefaultHttpContext _safe = new();
    private readonly MemoryResponseCacheStore _store = new(TimeProvider.System);
    private readonly ResponseCachePartition _partition = new("benchmark", "prod", 1L << 30);
    private readonly string[] _keys = new string[Keys];
    private RequestDelegate _gateway = static _ => Task.CompletedTask;
    private ServiceProvider? _provider;
    private int _next;

    [GlobalSetup]
    public async Task Setup()
    {
        _provider = BenchmarkGateway.Create(
            static gateway => gateway.AddRestApi("safe", static api => api
                .Map("GET /items/{id}", static method => method.InProcess())
                .BasePath("/safe")
                .Stage("prod")
                .Cache("prod", 3600)),
            static api =>
            {
                api.Definition.CacheMode = CacheMode.Exact;
                api
                    .Map("GET /open/{id}", static method => method.InProcess())
                    .Map("GET /items/{id}", static method => method.InProcess(null, static integration => integration.CacheKeyParameters.Add("method.request.path.id")))
                    .Stage("prod")
                    .Cache("prod", 3600, "/items/{id}/GET");
            });
        var app = new ApplicationBuilder(_provider);
        app.UseApiGateway();
        app.Run(WriteAsync);
        _gateway = app.Build();
        Prepare(_open, "/prod/open/7");
        Prepare(_exact, "/prod/items/7");
        Prepare(_safe, "/safe/prod/items/7");
        var response = new CachedResponse(200, [], Body, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);
        for (var i = 0; i < Keys; i++)
        {
            _keys[i] = $"0123456789012345678901{(char)i}items/{i}";
            if (!await _store.SetAsync(_partition, _keys[i], response, CancellationToken.None))
            {
                throw new InvalidOperationException("The store is full.");
            }
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _provider?.Dispose();
        _store.Dispose();
    }

    /// <summary>The whole gateway without a cache, and the handler.</summary>
    [Benchmark(Baseline = true)]
    public Task NoCache() => Send(_open);

    /// <summary>The whole gateway with the answer from the cache, its key as Amazon API Gateway makes it.</summary>
    [Benchmark]
    public Task HitExact() => Send(_exact);

    /// <summary>The same, with host, path and query in the key.</summary>
    [Benchmark]
    public Task HitSafe() => Send(_safe);

    /// <summary>The store alone, with 100,000 keys asked for in turn.</summary>
    [Benchmark]
    public bool StoreAlone()
    {
        _next = (_next + 7_919) % Keys;
        var finding = _store.GetAsync(_partition, _keys[_next], CancellationToken.None);
        return finding.IsCompletedSuccessfully && finding.Result is not null;
    }

    private static Task WriteAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain";
        http.Response.ContentLength = Length;
        Body.CopyTo(http.Response.BodyWriter.GetSpan(Length));
        http.Response.BodyWriter.Advance(Length);
        return Task.CompletedTask;
    }

    private Task Send(DefaultHttpContext http)
    {
        http.Response.Headers.Clear();
        return _gateway(http);
    }

    private void Prepare(DefaultHttpContext http, string path)
    {
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature
        {
            RawTarget = path,
            Path = path,
            Method = HttpMethods.Get,
            Protocol = "HTTP/1.1",
            Scheme = "http",
            Headers = http.Request.Headers,
        });
        http.Features.Set<IHttpResponseBodyFeature>(new NullBody());
        http.Request.Host = new HostString("localhost", 5000);
        for (var i = 0; i < 2; i++)
        {
            _gateway(http).GetAwaiter().GetResult();
        }

        if (http.Response.ContentLength != Length || http.Response.ContentType != "text/plain")
        {
            throw new InvalidOperationException($"'{path}' was answered with {http.Response.StatusCode}.");
        }
    }

    private sealed class NullBody : IHttpResponseBodyFeature
    {
        private readonly NullWriter _writer = new();

        public Stream Stream => Stream.Null;

        public PipeWriter Writer => _writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    private sealed class NullWriter : PipeWriter
    {
        private readonly byte[] _buffer = new byte[4096];

        public override void Advance(int bytes)
        {
        }

        public override void CancelPendingFlush()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _buffer;

        public override Span<byte> GetSpan(int sizeHint = 0) => _buffer;
    }
}
