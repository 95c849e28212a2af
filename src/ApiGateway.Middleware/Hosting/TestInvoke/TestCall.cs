using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Hosting.TestInvoke;

/// <summary>Makes of a test call what a server makes of a request, or says why that cannot be.</summary>
internal sealed class TestCall
{
    private const int MaxResources = 20;

    // RFC 9110 5.6.2.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~");

    private readonly GatewaySnapshot _snapshot;
    private readonly TestInvokeRequest _request;
    private readonly ApiSnapshot _api;
    private readonly StageSnapshot _stage;
    private readonly int _method;

    /// <exception cref="TestInvokeException">There is no such API or stage, or no such HTTP method.</exception>
    public TestCall(GatewaySnapshot snapshot, TestInvokeRequest request)
    {
        _snapshot = snapshot;
        _request = request;
        _api = FindApi();
        _stage = snapshot.Stages.FirstOrDefault(stage => stage.Api == _api && stage.Name == request.Stage)
            ?? throw new TestInvokeException(
                $"API '{_api.Name}' has no stage '{request.Stage}'. Stages: {Names(snapshot.Stages.Where(stage => stage.Api == _api).Select(static stage => stage.Name))}.");
        _method = RouteMethod.Of(request.HttpMethod);
        if (_method == RouteMethod.Unknown)
        {
            throw new TestInvokeException($"'{request.HttpMethod}' is no HTTP method that a resource can have. Methods: {Names(RouteMethod.Names)}.");
        }
    }

    /// <summary>Gets whether the caller says what the host is.</summary>
    public bool HasHost => _request.Headers.ContainsKey("Host") || _request.MultiValueHeaders.ContainsKey("Host");

    /// <summary>Makes the request.</summary>
    /// <exception cref="TestInvokeException">Path or headers cannot be sent.</exception>
    public DefaultHttpContext CreateHttp(IServiceProvider services, Stream responseBody, CancellationToken aborted)
    {
        var target = StagePath + CheckedPath();
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        var http = new DefaultHttpContext { RequestServices = services, RequestAborted = aborted };
        var request = http.Request;
        request.Protocol = "HTTP/1.1";
        request.Scheme = "https";
        request.Method = RouteMethod.Names[_method];
        request.Host = new HostString($"{_api.Id}.execute-api.{_api.Region}.amazonaws.com");
        request.Path = PathString.FromUriComponent(path);
        request.QueryString = new QueryString(query < 0 ? "" : target[query..]);
        http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        http.Response.Body = responseBody;
        AddHeaders(request.Headers);
        if (_request.Body is { Length: > 0 } body)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            request.Body = new MemoryStream(bytes);
            request.ContentLength = bytes.Length;
        }

        return http;
    }

    /// <summary>Brings a context to where routing leaves it.</summary>
    /// <exception cref="TestInvokeException">No method of a resource takes the request, or none that can be tried.</exception>
    public void Begin(GatewayContext context, HttpContext http)
    {
        var target = RequestTarget.Of(http);
        if (target.IsMalformed())
        {
            throw new TestInvokeException($"The path '{_request.PathWithQueryString}' has characters or segments that are not allowed there. Encode them.");
        }

        var match = new ApiMatch(_api, _stage, 0, ResourceStart: StagePath.Length);
        context.Begin(http, static _ => Task.CompletedTask, routesAgain: false, _snapshot, target, match);
        context.Stage = _stage;
        context.Method = _method;
        context.MatchedRoute = Find(context, _api.Cors is not null && CorsRequest.IsPreflight(context) ? RouteMethod.Preflight : _method)
            ?? throw NoRoute(context);
        if (context.Route.Integration is InProcessIntegrationPlan { Handler: null })
        {
            throw new TestInvokeException(
                $"'{context.Route.Key}' is answered by the application behind the gateway, which a test call does not have. Name a handler, or ask the running server.");
        }

        http.Features.Set<IGatewayFeature>(context);
    }

    private string StagePath => _stage.Name == StageSnapshot.Default ? "" : "/" + _stage.Name;

    private ApiSnapshot FindApi() =>
        _snapshot.Apis.FirstOrDefault(api => api.Name == _request.Api)
        ?? _snapshot.Apis.FirstOrDefault(api => api.Id == _request.Api)
        ?? throw new TestInvokeException($"There is no API '{_request.Api}'. APIs: {Names(_snapshot.Apis.Select(static api => api.Name))}.");

    private RouteSnapshot? Find(GatewayContext context, int method)
    {
        var segments = context.CutSegments(_stage.Routes.Depth, _stage.Routes.KeepsTrailingSlash);
        return _stage.Routes.Match(context.ResourcePath, segments, context.ResourcePath.Contains('%'), method);
    }

    private TestInvokeException NoRoute(GatewayContext context)
    {
        var path = context.Target.Path[StagePath.Length..].ToString();
        var methods = Enumerable.Range(0, RouteMethod.Count).Where(method => Find(context, method) is not null).Select(static method => RouteMethod.Names[method]);
        if (Names(methods) is var found and not "none")
        {
            return new TestInvokeException($"The resource of '{path}' has no method {_request.HttpMethod}. Methods: {found}.");
        }

        var resources = _stage.Routes.Routes.Select(static route => route.ResourcePath).Distinct(StringComparer.Ordinal).ToList();
        var more = resources.Count > MaxResources ? $", and {resources.Count - MaxResources} more" : "";
        return new TestInvokeException($"The path '{path}' fits no resource of API '{_api.Name}'. Resources: {Names(resources.Take(MaxResources))}{more}.");
    }

    private string CheckedPath() => _request.PathWithQueryString is ['/', ..] path
        ? path : throw new TestInvokeException($"The path must begin with '/', but is '{_request.PathWithQueryString}'.");

    private void AddHeaders(IHeaderDictionary headers)
    {
        foreach (var (name, value) in _request.Headers)
        {
            headers[name] = Checked(name, [value]);
        }

        foreach (var (name, values) in _request.MultiValueHeaders)
        {
            headers[name] = Checked(name, [.. values]);
        }

        headers.Remove("Content-Length");
        if (headers.ContentType.Count > 0)
        {
            headers.ContentType = TemplateSet.Json;
        }
    }

    private static StringValues Checked(string name, string[] values)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            throw new TestInvokeException($"'{name}' is no name of a header.");
        }

        return Array.Exists(values, static value => value.AsSpan().ContainsAny('\r', '\n', '\0'))
            ? throw new TestInvokeException($"The value of the header '{name}' must not have line breaks or zero characters.")
            : values;
    }

    private static string Names(IEnumerable<string> names)
    {
        var text = string.Join(", ", names);
        return text.Length == 0 ? "none" : text;
    }
}
