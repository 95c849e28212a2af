using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Tests;

/// <summary>A request that can be sent again and again without allocating: what a server keeps per connection.</summary>
internal sealed class TestRequest : IHttpRequestLifetimeFeature, IHttpResponseBodyFeature
{
    private readonly HttpResponseFeature _response = new() { Headers = new HeaderDictionary(), Body = Stream.Null };

    public TestRequest(string target, string method = "GET", string host = "localhost")
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        Request = new HttpRequestFeature
        {
            Method = method,
            RawTarget = target,
            Path = Decoded(query < 0 ? target : target[..query]),
            QueryString = query < 0 ? "" : target[query..],
            Protocol = "HTTP/1.1",
            Scheme = "http",
            Headers = new HeaderDictionary { ["Host"] = host },
        };
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(Request);
        features.Set<IHttpResponseFeature>(_response);
        features.Set<IHttpResponseBodyFeature>(this);
        features.Set<IHttpRequestLifetimeFeature>(this);
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = IPAddress.Loopback });
        Http = new DefaultHttpContext(features);
    }

    public HttpRequestFeature Request { get; }

    public DefaultHttpContext Http { get; }

    public CancellationToken RequestAborted { get; set; }

    public Stream Stream => Stream.Null;

    public PipeWriter Writer => Body;

    public TestBody Body { get; } = new();

    public bool IsAborted { get; private set; }

    /// <summary>Decodes a path as the server does: once, and without <c>%2F</c>.</summary>
    public static string Decoded(string path) =>
        string.Join("%2F", path.Split("%2F", StringSplitOptions.None).Select(Uri.UnescapeDataString));

    /// <summary>Makes the context ready for the next request.</summary>
    public void Reset()
    {
        _response.StatusCode = StatusCodes.Status200OK;
        _response.Headers.Clear();
        Body.Clear();
    }

    public void Abort() => IsAborted = true;

    public Task CompleteAsync() => Task.CompletedTask;

    public void DisableBuffering()
    {
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
