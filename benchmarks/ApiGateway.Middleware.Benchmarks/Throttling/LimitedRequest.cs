using System.Globalization;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Pipeline.Throttling;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Benchmarks.Throttling;

/// <summary>A request of one of many callers, at the step that limits it: API key, limits of key, stage and gateway, one by header, quota.</summary>
internal sealed class LimitedRequest : IDisposable
{
    private const double Rate = 1e9;

    private readonly ServiceProvider _provider;
    private readonly GatewayContext _context;
    private readonly ApiKeyTable _keys;
    private readonly ThrottleGate _gate;
    private readonly RateLimiter _limiter;
    private readonly string[] _values;
    private int _next;

    public LimitedRequest(int callers)
    {
        _values = [.. Enumerable.Range(0, callers).Select(static i => i.ToString("caller-0000000000000000", CultureInfo.InvariantCulture))];
        _provider = BenchmarkGateway.Create(
            gateway =>
            {
                gateway.AddUsagePlan("gold", static plan =>
                {
                    plan.AddStage("benchmark", "prod");
                    plan.Throttle = new(Rate, int.MaxValue);
                    plan.Quota = new() { Limit = long.MaxValue / 2, Period = QuotaPeriod.Month };
                });
                gateway.Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["ApiGateway:Throttle:RateLimit"] = "1000000000",
                    ["ApiGateway:Throttle:BurstLimit"] = "2147483647",
                }).Build());
                foreach (var value in _values)
                {
                    gateway.AddApiKey(value, key =>
                    {
                        key.Value = value;
                        key.UsagePlans.Add("gold");
                    });
                }
            },
            static api => api
                .Map("GET /limited", static method => method.Mock().RequireApiKey())
                .Stage("prod")
                .Throttle("prod", Rate, int.MaxValue)
                .RateLimit("tenant", static limit =>
                {
                    limit.Key.Add("header:X-Tenant");
                    (limit.RateLimit, limit.BurstLimit, limit.Headers) = (Rate, int.MaxValue, false);
                }));
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpRequestFeature>(new HttpRequestFeature { RawTarget = "/prod/limited", Path = "/prod/limited", Method = "GET", Headers = http.Request.Headers });
        var snapshot = _provider.GetRequiredService<SnapshotSource>().Current;
        var target = RequestTarget.Of(http);
        if (!ApiSelector.TrySelect(snapshot.Directory, "localhost", target, "", out var match))
        {
            throw new InvalidOperationException("No API answers.");
        }

        _context = new GatewayContext(TimeProvider.System);
        _context.Begin(http, static _ => Task.CompletedTask, false, snapshot, target, match);
        _context.Stage = match.Stage!;
        _context.MatchedRoute = snapshot.Stages[0].Routes.Routes[0];
        _keys = _context.Route.ApiKey!.Keys;
        _gate = _provider.GetRequiredService<ThrottleGate>();
        _limiter = _provider.GetRequiredService<RateLimiter>();
        for (var i = 0; i < callers; i++)
        {
            if (!Enter())
            {
                throw new InvalidOperationException("A request was refused.");
            }
        }
    }

    /// <summary>Lets the next caller's request in.</summary>
    public bool Enter()
    {
        _next = _next + 1 < _values.Length ? _next + 1 : 0;
        var value = _values[_next];
        var headers = _context.Http.Request.Headers;
        headers["X-Tenant"] = value;
        _context.ApiKeyGrant = _keys.Find(value, default);
        var plan = _context.Route.Throttling!;
        ThrottleGate.Begin(_context.Throttle, _context.Route, plan, _context.ApiKeyGrant, _context.ReceivedAt);
        if (_limiter.Begin(_context, plan.RateLimits!) is not null)
        {
            return false;
        }

        var outcome = _gate.AskAsync(_context.Throttle, plan);
        _limiter.Enter(_context, plan.RateLimits!);
        return outcome.IsCompletedSuccessfully && outcome.Result == ThrottleOutcome.Allowed;
    }

    public void Dispose() => _provider.Dispose();
}
