using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>The head of an answer that is recorded: the server's, or one of its own while the answer does not go to the client.</summary>
/// <remarks>
/// Callbacks for the start of the response can change the head, so they must run before it is recorded, even if the server starts the
/// response only after that. Each of them runs once, whoever is first.
/// </remarks>
internal sealed class RecordedHead : IHttpResponseFeature
{
    private readonly IHttpResponseFeature _outer;
    private readonly List<Callback> _callbacks = [];
    private IHttpResponseFeature _inner;

    /// <summary>Initializes a new instance of the <see cref="RecordedHead"/> class.</summary>
    /// <param name="outer">The server's head.</param>
    /// <param name="isDetached">Whether the answer does not go to the client.</param>
    public RecordedHead(IHttpResponseFeature outer, bool isDetached)
    {
        _outer = outer;
        _inner = outer;
        if (isDetached)
        {
            // Steps look at what stands there already, such as Vary.
            _inner = new HttpResponseFeature { StatusCode = outer.StatusCode };
            foreach (var (name, values) in outer.Headers)
            {
                _inner.Headers[name] = values;
            }
        }
    }

    public int StatusCode
    {
        get => _inner.StatusCode;
        set => _inner.StatusCode = value;
    }

    public string? ReasonPhrase
    {
        get => _inner.ReasonPhrase;
        set => _inner.ReasonPhrase = value;
    }

    public IHeaderDictionary Headers
    {
        get => _inner.Headers;
        set => _inner.Headers = value;
    }

    [Obsolete("Use IHttpResponseBodyFeature.Stream instead.", error: false)]
    public Stream Body
    {
        get => _outer.Body;
        set => _outer.Body = value;
    }

    /// <summary>Gets whether there are callbacks that may not have run.</summary>
    public bool HasCallbacks => _callbacks.Count > 0;

    public bool HasStarted => _inner == _outer && _outer.HasStarted;

    public void OnStarting(Func<object, Task> callback, object state)
    {
        var once = new Callback(callback, state);
        if (_inner == _outer)
        {
            _outer.OnStarting(static self => ((Callback)self).RunAsync(), once);
        }

        _callbacks.Add(once);
    }

    public void OnCompleted(Func<object, Task> callback, object state) => _outer.OnCompleted(callback, state);

    /// <summary>Runs what has not run yet, the last one first.</summary>
    public async Task RunCallbacksAsync()
    {
        while (_callbacks.Count > 0)
        {
            var last = _callbacks[^1];
            _callbacks.RemoveAt(_callbacks.Count - 1);
            await last.RunAsync();
        }
    }

    /// <summary>Makes the server's head like this one, and from now on this one that of the server.</summary>
    public void Attach()
    {
        if (_inner == _outer)
        {
            return;
        }

        foreach (var name in _outer.Headers.Keys.ToList())
        {
            if (!_inner.Headers.ContainsKey(name))
            {
                _outer.Headers.Remove(name);
            }
        }

        foreach (var (name, values) in _inner.Headers)
        {
            _outer.Headers[name] = values;
        }

        _outer.StatusCode = _inner.StatusCode;
        _outer.ReasonPhrase = _inner.ReasonPhrase;
        _inner = _outer;
    }

    private sealed class Callback(Func<object, Task> callback, object state)
    {
        private Func<object, Task>? _callback = callback;

        public Task RunAsync() => Interlocked.Exchange(ref _callback, null)?.Invoke(state) ?? Task.CompletedTask;
    }
}
