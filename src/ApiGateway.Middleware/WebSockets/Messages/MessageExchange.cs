using System.IO.Pipelines;
using System.Net;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.WebSockets.Messages;

/// <summary>Lets the steps run an event of a connection as if it were a request: what they read and write is here, not on a server. Pooled.</summary>
internal sealed class MessageExchange : IHttpRequestFeature, IHttpResponseFeature, IHttpResponseBodyFeature, IHttpRequestLifetimeFeature,
    IHttpRequestBodyDetectionFeature, IHttpConnectionFeature, IServiceProvidersFeature, IDisposable
{
    private readonly IServiceScopeFactory _scopes;
    private readonly PooledBufferWriter _answer = new();
    private readonly ResponseWriter _writer;
    private readonly HeaderDictionary _requestHeaders = [];
    private readonly HeaderDictionary _responseHeaders = [];
    private readonly DefaultHttpContext _http;
    private AsyncServiceScope? _scope;
    private IServiceProvider? _services;
    private Stream? _stream;

    public MessageExchange(IServiceScopeFactory scopes, TimeProvider time)
    {
        _scopes = scopes;
        Time = time;
        _writer = new ResponseWriter(_answer);
        RequestHeaders = _requestHeaders;
        Context = new GatewayContext(time);
        Message = new HandlerMessage(this);
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(this);
        features.Set<IHttpResponseFeature>(this);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set<IHttpRequestBodyDetectionFeature>(this);
        features.Set<IHttpConnectionFeature>(this);
        features.Set<IServiceProvidersFeature>(this);
        features.Set<IGatewayFeature>(Context);
        _http = new DefaultHttpContext(features);
    }

    public GatewayContext Context { get; }

    public TimeProvider Time { get; }

    /// <summary>Gets what handlers of the application see of the event.</summary>
    public HandlerMessage Message { get; }

    public HttpContext Http => _http;

    /// <summary>Gets the body of the answer.</summary>
    public PooledBufferWriter Answer => _answer;

    public string Protocol { get; set; } = "HTTP/1.1";

    public string Scheme { get; set; } = "http";

    public string Method { get; set; } = "POST";

    public string PathBase { get; set; } = "";

    public string Path { get; set; } = "/";

    public string QueryString { get; set; } = "";

    public string RawTarget { get; set; } = "/";

    public IHeaderDictionary RequestHeaders { get; set; }

    IHeaderDictionary IHttpRequestFeature.Headers
    {
        get => RequestHeaders;
        set => RequestHeaders = value;
    }

    Stream IHttpRequestFeature.Body { get; set; } = Stream.Null;

    public bool CanHaveBody { get; set; }

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers
    {
        get => _responseHeaders;
        set
        {
            _responseHeaders.Clear();
            foreach (var (name, values) in value)
            {
                _responseHeaders[name] = values;
            }
        }
    }

    Stream IHttpResponseFeature.Body
    {
        get => Stream;
        set => _stream = value;
    }

    /// <summary>Gets false always: all of the answer can be taken back until it is sent.</summary>
    public bool HasStarted => false;

    public Stream Stream => _stream ??= _writer.AsStream(leaveOpen: true);

    public PipeWriter Writer => _writer;

    public CancellationToken RequestAborted { get; set; }

    public string ConnectionId { get; set; } = "";

    public IPAddress? RemoteIpAddress { get; set; }

    public IPAddress? LocalIpAddress { get; set; }

    public int RemotePort { get; set; }

    public int LocalPort { get; set; }

    public IServiceProvider RequestServices
    {
        get
        {
            if (_services is null)
            {
                _scope = _scopes.CreateAsyncScope();
                _services = _scope.Value.ServiceProvider;
            }

            return _services;
        }

        set => _services = value;
    }

    // There is no response that could start or end.
    public void OnStarting(Func<object, Task> callback, object state)
    {
    }

    public void OnCompleted(Func<object, Task> callback, object state)
    {
    }

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task CompleteAsync() => Task.CompletedTask;

    public void Abort()
    {
    }

    /// <summary>Lets the event be read as the request that it is: a handshake.</summary>
    /// <param name="handshake">The request.</param>
    public void BeginConnect(HttpContext handshake)
    {
        var request = handshake.Request;
        Scheme = request.Scheme;
        Method = request.Method;
        PathBase = request.PathBase.Value ?? "";
        Path = request.Path.Value ?? "/";
        QueryString = request.QueryString.Value ?? "";
        RawTarget = handshake.Features.Get<IHttpRequestFeature>()?.RawTarget ?? Path;
        RequestHeaders = request.Headers;
        RemoteIpAddress = handshake.Connection.RemoteIpAddress;
        LocalPort = handshake.Connection.LocalPort;
    }

    /// <summary>Forgets the event, so that the exchange can serve another one. <see cref="ReleaseScopeAsync"/> comes first.</summary>
    public void Reset()
    {
        Context.Reset();
        Message.Reset();
        _answer.Dispose();
        RequestHeaders = _requestHeaders;
        if (_requestHeaders.Count > 0)
        {
            _requestHeaders.Clear();
        }

        if (_responseHeaders.Count > 0)
        {
            _responseHeaders.Clear();
        }

        StatusCode = StatusCodes.Status200OK;
        ReasonPhrase = null;
        CanHaveBody = false;
        Scheme = "http";
        Method = "POST";
        PathBase = "";
        Path = "/";
        QueryString = "";
        RawTarget = "/";
        _http.Request.Host = default;
        RemoteIpAddress = null;
        LocalPort = 0;
        _stream = null;
    }

    /// <summary>Gets whether services were asked for, whose scope has to be released.</summary>
    public bool HasScope => _scope is not null || _services is not null;

    public async ValueTask ReleaseScopeAsync()
    {
        _services = null;
        if (_scope is { } scope)
        {
            _scope = null;
            await scope.DisposeAsync();
        }
    }

    public void Dispose() => _answer.Dispose();
}
