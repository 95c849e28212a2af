using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Context;

/// <summary>The state of one request that the steps share. Pooled; nothing may keep it beyond the request.</summary>
internal sealed partial class GatewayContext(TimeProvider time) : IGatewayFeature
{
    private const int UsualSegments = 16;

    private int[] _segments = new int[UsualSegments];
    private int _segmentCount;
    private int _pathStart;
    private int _pathEnd;

    /// <summary>Gets the request. Written by the entry.</summary>
    public HttpContext Http { get; private set; } = null!;

    /// <summary>Gets the rest of the application's pipeline, for requests that come out of the gateway. Written by the entry.</summary>
    public RequestDelegate Next { get; private set; } = null!;

    /// <summary>Gets whether <see cref="Next"/> begins with endpoint routing. Written by the entry.</summary>
    public bool RoutesAgain { get; private set; }

    /// <summary>Gets the definition that this request reads from start to end. Written by the entry.</summary>
    public GatewaySnapshot Snapshot { get; private set; } = null!;

    /// <summary>Gets the request target. Written by the entry.</summary>
    public RequestTarget Target { get; private set; }

    /// <summary>Gets the API that answers, even if no stage matched. Written by the entry.</summary>
    public ApiSnapshot Api { get; private set; } = null!;

    /// <summary>Gets what the entry found: the stage, and where the resource path starts. Written by the entry.</summary>
    public ApiMatch Selection { get; private set; }

    /// <summary>Gets or sets the stage. Written by the stage step.</summary>
    public StageSnapshot Stage { get; set; } = null!;

    /// <summary>Gets or sets the matched method of a resource. Written by the route step.</summary>
    public RouteSnapshot? MatchedRoute { get; set; }

    /// <summary>Gets the matched method of a resource; steps after the route step call it.</summary>
    public RouteSnapshot Route => MatchedRoute!;

    /// <summary>Gets what the request has hit so far.</summary>
    public RequestNames Names => new(Api, Stage, MatchedRoute);

    /// <summary>Gets or sets the number of the request's method. Written by the route step.</summary>
    public int Method { get; set; }

    /// <summary>Gets the name of the request's method, also of one that has no number.</summary>
    public string MethodName => Method < 0 ? Http.Request.Method : RouteMethod.Names[Method];

    /// <summary>Gets or sets the activity of this request, or <see langword="null"/> if nobody listens. Written by the entry.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Gets or sets when the request arrived, as a timestamp of the time provider, or 0 if nobody measures. Written by the entry.</summary>
    public long StartedAt { get; set; }

    /// <summary>Gets or sets whether the application's own code is running, so that an exception is the host's to handle.
    /// Written by the in-process integration.</summary>
    public bool IsInHostCode { get; set; }

    /// <summary>Gets whether a body follows the request's headers, as far as the server knows.</summary>
    public bool HasRequestBody =>
        Http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? (Http.Request.ContentLength is not 0 and not null);

    /// <summary>Gets the time limit of the integration. Armed by the integration.</summary>
    public RequestTimeout Timeout => Lifetime.Timeout;

    /// <summary>Gets what tells the application's code of that limit. Entered by the in-process integration.</summary>
    public IntegrationLifetime Lifetime { get; } = new(new RequestTimeout());

    /// <summary>Gets the request's body, for steps that need it as a whole.</summary>
    public RequestBody Body { get; } = new();

    /// <summary>Gets the request's headers as an array, read once.</summary>
    public RequestHeaders Headers { get; } = new();

    /// <summary>Gets the resource path without the slashes at its ends; set together with the segments. Written by the route step.</summary>
    public ReadOnlySpan<char> ResourcePath => Target.Raw.AsSpan(_pathStart, _pathEnd - _pathStart);

    /// <summary>Gets the path below mount and stage as it was received; a slash if nothing is left.</summary>
    public ReadOnlySpan<char> BelowStage => Selection.ResourceStart < Target.PathEnd
        ? Target.Raw.AsSpan(Selection.ResourceStart, Target.PathEnd - Selection.ResourceStart) : "/";

    /// <summary>Gets the context of a request that is inside the gateway.</summary>
    public static GatewayContext Of(HttpContext http) =>
        http.Features.Get<IGatewayFeature>() as GatewayContext
        ?? throw new InvalidOperationException("The request has left the gateway. A middleware between its steps must call 'next' before it returns.");

    public void Begin(
        HttpContext http, RequestDelegate next, bool routesAgain, GatewaySnapshot snapshot, RequestTarget target, in ApiMatch selection)
    {
        Http = http;
        Next = next;
        RoutesAgain = routesAgain;
        Snapshot = snapshot;
        Target = target;
        Selection = selection;
        Api = selection.Api;
    }

    /// <summary>Forgets the request, so that the context can serve another one.</summary>
    public void Reset()
    {
        Body.Release(Http);
        Http = null!;
        Next = null!;
        Snapshot = null!;
        Target = default;
        Selection = default;
        Api = null!;
        Stage = null!;
        MatchedRoute = null;
        Activity = null;
        StartedAt = 0;
        IsInHostCode = false;
        Headers.Reset();
        Timeout.Reset();
        ResetIdentity();
        ResetAuthorization();
        ResetTransformation();
        ResetApiKey();
        ResetRateLimits();
        ResetMessage();
        ResetAccessLog();
    }

    /// <summary>Cuts the resource path into segments.</summary>
    /// <param name="depth">How many segments matter.</param>
    /// <param name="keepsTrailingSlash">Whether a slash at the end begins a segment, instead of making no difference.</param>
    /// <returns>Where the segments start, one more than matter if there are more.</returns>
    public ReadOnlySpan<int> CutSegments(int depth, bool keepsTrailingSlash = false)
    {
        // Slashes at the start were skipped by the stage step; those at the end may count.
        var start = Math.Min(Selection.ResourceStart + 1, Target.PathEnd);
        var end = Target.PathEnd;
        var raw = Target.Raw;
        while (!keepsTrailingSlash && end > start && raw[end - 1] == '/')
        {
            end--;
        }

        _pathStart = start;
        _pathEnd = end;
        _segmentCount = 0;
        if (start == end)
        {
            return [];
        }

        if (_segments.Length < depth + 1)
        {
            _segments = new int[depth + 1];
        }

        var segments = _segments;
        var path = raw.AsSpan(start, end - start);
        var at = 0;
        segments[_segmentCount++] = 0;
        while (_segmentCount <= depth)
        {
            var next = path[at..].IndexOf('/');
            if (next < 0)
            {
                break;
            }

            at += next + 1;
            segments[_segmentCount++] = at;
        }

        return segments.AsSpan(0, _segmentCount);
    }

    /// <summary>Gets the value of a path variable of the matched route, as it was received.</summary>
    public ReadOnlySpan<char> ValueOf(in PathVariable variable)
    {
        if (variable.Segment >= _segmentCount)
        {
            // A greedy one that took the root.
            return [];
        }

        var path = ResourcePath;
        var start = _segments[variable.Segment];
        if (variable.IsGreedy)
        {
            return path[start..] is [.. var inner, '/'] ? inner : path[start..];
        }

        return variable.Segment + 1 >= _segmentCount ? path[start..] : path[start..(_segments[variable.Segment + 1] - 1)];
    }

    /// <summary>Gets the value of a path variable of the matched route, as it is told: decoded where the API's kind has it so.</summary>
    public string TextOf(in PathVariable variable)
    {
        var value = ValueOf(variable);
        return variable.IsDecoded && value.Contains('%') ? Uri.UnescapeDataString(value) : value.ToString();
    }

    string IGatewayFeature.ApiId => Api.Id;

    string IGatewayFeature.ApiName => Api.Name;

    string IGatewayFeature.Stage => Stage?.Name ?? "";

    string? IGatewayFeature.ResourcePath => MatchedRoute?.ResourcePath;

    string? IGatewayFeature.ResourceId => MatchedRoute?.ResourceId;

    string? IGatewayFeature.RouteKey => MatchedRoute?.Key;

    IPAddress? IGatewayFeature.SourceIp => SourceIp;

    IReadOnlyDictionary<string, string> IGatewayFeature.StageVariables =>
        Stage?.Variables ?? FrozenDictionary<string, string>.Empty;

    IReadOnlyDictionary<string, string> IGatewayFeature.PathParameters
    {
        get
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (ref readonly var variable in (MatchedRoute?.PathVariables ?? []).AsSpan())
            {
                values[variable.Name] = TextOf(variable);
            }

            return values;
        }
    }

    string? IGatewayFeature.GetPathParameter(string name)
    {
        foreach (ref readonly var variable in (MatchedRoute?.PathVariables ?? []).AsSpan())
        {
            if (variable.Name == name)
            {
                return TextOf(variable);
            }
        }

        return null;
    }
}
