using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Pipeline.Caching;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Hosting.Caching;

/// <summary>Flushes what the caching step has kept.</summary>
internal sealed class GatewayCache(SnapshotSource source, ResponseCache cache, TimeProvider time) : IGatewayCache
{
    private const int LongestKey = 32 * 1024;

    public ValueTask FlushAsync(string apiId, string stage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(apiId);
        ArgumentNullException.ThrowIfNull(stage);
        var plan = StageOf(source.Current, apiId, stage).Routes.Routes.FirstOrDefault(static route => route.Caching is not null)?.Caching
            ?? throw new KeyNotFoundException($"The stage '{stage}' of API '{apiId}' caches nothing.");
        return cache.FlushAsync(plan.Partition, cancellationToken);
    }

    public ValueTask RemoveAsync(string apiId, string stage, CachedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(apiId);
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(request);

        var snapshot = source.Current;
        var context = ContextOf(snapshot, StageOf(snapshot, apiId, stage), request);
        if (context?.MatchedRoute?.Caching is not { } plan || !plan.Takes(context.Method))
        {
            throw new KeyNotFoundException($"The stage '{stage}' of API '{apiId}' caches nothing of '{request.HttpMethod} {request.Target}'.");
        }

        if (plan.Key.HasCaller || plan.Key.Parts.Any(static part => part.Place == CacheKeyPlace.Context))
        {
            throw new NotSupportedException(
                $"Answers of '{context.Route.Key}' depend on who calls or on variables of $context, which only a request has. Flush the stage.");
        }

        var builder = new CacheKeyBuilder(new char[LongestKey]);
        RequestCacheKey.Write(context, plan.Key, caller: null, ref builder);
        return builder.TryGetKey(out var key) ? cache.RemoveAsync(plan.Partition, key.ToString(), cancellationToken) : default;
    }

    private static StageSnapshot StageOf(GatewaySnapshot snapshot, string apiId, string stage) =>
        snapshot.Stages.FirstOrDefault(candidate => candidate.Api.Id == apiId && candidate.Name == stage)
        ?? throw new KeyNotFoundException($"There is no stage '{stage}' of an API '{apiId}'.");

    private GatewayContext? ContextOf(GatewaySnapshot snapshot, StageSnapshot stage, CachedRequest request)
    {
        var http = HttpOf(request);
        var target = RequestTarget.Of(http);
        if (!TrySelect(snapshot, stage, http.Request.Host.Value, target, out var match))
        {
            return null;
        }

        var context = new GatewayContext(time);
        context.Begin(http, static _ => Task.CompletedTask, routesAgain: false, snapshot, target, match);
        context.Stage = stage;
        context.Method = RouteMethod.Of(request.HttpMethod);
        var segments = context.CutSegments(stage.Routes.Depth);
        context.MatchedRoute = context.Method == RouteMethod.Unknown
            ? null : stage.Routes.Match(context.ResourcePath, segments, context.ResourcePath.Contains('%'), context.Method);
        return context;
    }

    // The gateway may be mounted under a path of the application, which the definition does not know.
    private static bool TrySelect(GatewaySnapshot snapshot, StageSnapshot stage, string? host, in RequestTarget target, out ApiMatch match)
    {
        var path = target.Path;
        for (var end = 0; end < path.Length; end++)
        {
            if (path[end] == '/' && ApiSelector.TrySelect(snapshot.Directory, host, target, path[..end].ToString(), out match) && match.Stage == stage)
            {
                return true;
            }
        }

        match = default;
        return false;
    }

    private static DefaultHttpContext HttpOf(CachedRequest request)
    {
        if (!Uri.TryCreate(request.Origin, UriKind.Absolute, out var origin) || request.Target[0] != '/')
        {
            throw new ArgumentException(
                $"A request has an origin such as 'https://api.example.com' and a target such as '/prod/orders', but has '{request.Origin}' and '{request.Target}'.",
                nameof(request));
        }

        var http = new DefaultHttpContext();
        var query = request.Target.IndexOf('?', StringComparison.Ordinal);
        http.Request.Method = request.HttpMethod;
        http.Request.Scheme = origin.Scheme;
        http.Request.Host = new HostString(origin.Authority);
        http.Request.Path = PathString.FromUriComponent(query < 0 ? request.Target : request.Target[..query]);
        http.Request.QueryString = new QueryString(query < 0 ? "" : request.Target[query..]);
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = request.Target;
        foreach (var (name, value) in request.Headers)
        {
            http.Request.Headers[name] = value;
        }

        return http;
    }
}
