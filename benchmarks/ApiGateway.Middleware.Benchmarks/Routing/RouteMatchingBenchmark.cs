using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Snapshots;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Routing;

/// <summary>How long does it take to find the route of a path, and does it depend on how many routes there are?</summary>
[MemoryDiagnoser]
public class RouteMatchingBenchmark
{
    private const int PathCount = 1_000;

    private readonly GatewayContext _context = new(TimeProvider.System);
    private readonly DefaultHttpContext _http = new();
    private RequestTarget[] _targets = [];
    private ApiMatch[] _matches = [];
    private PathString[] _paths = [];
    private GatewaySnapshot _snapshot = GatewaySnapshot.Empty;
    private RouteTable _table = RouteTable.Empty;
    private RouteTable _httpTable = RouteTable.Empty;
    private Func<HttpContext, Task> _matcher = static _ => Task.CompletedTask;

    [Params(10, 100, 1_000, 10_000)]
    public int Routes { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var set = new RouteSet(Routes, PathCount);
        using var provider = BenchmarkGateway.CreateOf(gateway => gateway
            .AddRestApi("rest", api =>
            {
                foreach (var route in set.Routes)
                {
                    api.Map($"GET {route}", static method => method.Mock());
                }

                api.Stage("prod");
            })
            .AddHttpApi("http", api =>
            {
                foreach (var route in set.Routes)
                {
                    api.Map($"GET {route}", static route => route.InProcess());
                }

                api.Stage("v2");
            }));

        _snapshot = provider.GetRequiredService<SnapshotSource>().Current;
        _table = _snapshot.Stages[0].Routes;
        _httpTable = _snapshot.Stages[1].Routes;
        _matcher = EndpointMatcher.Create(set.Routes);
        _http.Request.Method = HttpMethods.Get;
        _paths = [.. set.Paths.Select(static path => new PathString(path))];
        _targets = [.. set.Paths.Select(static path => TargetOf("/prod" + path))];
        _matches = [.. _targets.Select(target => ApiSelector.TrySelect(_snapshot.Directory, null, target, "", out var match) ? match : default)];
        Check(set);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = PathCount)]
    public void EndpointRouting()
    {
        foreach (var path in _paths)
        {
            _http.Request.Path = path;
            _matcher(_http);
        }
    }

    /// <summary>All that the gateway's route step does: cuts the path into segments, numbers the method, walks the tree.</summary>
    [Benchmark(OperationsPerInvoke = PathCount)]
    public int Gateway()
    {
        var found = 0;
        for (var i = 0; i < _targets.Length; i++)
        {
            found += Match(_table, i) is null ? 0 : 1;
        }

        return found;
    }

    /// <summary>The same by the rules of HTTP APIs.</summary>
    [Benchmark(OperationsPerInvoke = PathCount)]
    public int GatewayHttpApi()
    {
        var found = 0;
        for (var i = 0; i < _targets.Length; i++)
        {
            found += Match(_httpTable, i) is null ? 0 : 1;
        }

        return found;
    }

    private RouteSnapshot? Match(RouteTable table, int i)
    {
        _context.Begin(_http, null!, false, _snapshot, _targets[i], _matches[i]);
        var segments = _context.CutSegments(table.Depth, table.KeepsTrailingSlash);
        var path = _context.ResourcePath;
        return table.Match(path, segments, path.Contains('%'), RouteMethod.Of(_http.Request.Method));
    }

    // Neither may be fast by finding the wrong thing.
    private void Check(RouteSet set)
    {
        for (var i = 0; i < PathCount; i++)
        {
            _http.Request.Path = _paths[i];
            _matcher(_http);
            var endpoint = _http.GetEndpoint()?.DisplayName;
            var route = Match(_table, i)?.ResourcePath;
            if (Match(_httpTable, i)?.ResourcePath is var other && other != set.Wanted[i])
            {
                throw new InvalidOperationException($"'{set.Paths[i]}' belongs to '{set.Wanted[i]}', but the HTTP API found '{other}'.");
            }

            if (route != set.Wanted[i] || endpoint != set.Wanted[i])
            {
                throw new InvalidOperationException(
                    $"'{set.Paths[i]}' belongs to '{set.Wanted[i]}', but the gateway found '{route}' and endpoint routing '{endpoint}'.");
            }
        }
    }

    private static RequestTarget TargetOf(string path)
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { RawTarget = path, Path = path });
        return RequestTarget.Of(http);
    }
}
