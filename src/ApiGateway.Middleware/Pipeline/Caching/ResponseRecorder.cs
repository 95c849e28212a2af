using System.Buffers;
using System.IO.Pipelines;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Records an answer on its way to the client, up to the longest that is cached. Not thread-safe, as bodies are.</summary>
internal sealed class ResponseRecorder : IHttpResponseBodyFeature, IDisposable
{
    private readonly GatewayContext _context;
    private readonly CachePlan _plan;
    private readonly RecordingMode _mode;
    private readonly TimeProvider _time;
    private readonly Action? _givenUp;
    private readonly IHttpResponseFeature _outerHead;
    private readonly IHttpResponseBodyFeature _outerBody;
    private readonly RecordedHead _head;
    private readonly RecordedHeaders _headers;
    private readonly RecordingWriter _writer;
    private RecordingStream? _stream;
    private KeyValuePair<string, StringValues>[] _own = [];
    private StorageTime _storage;
    private DateTimeOffset _recordedAt;
    private long? _length;
    private int _status;
    private bool _isRecording = true;
    private bool _isRecorded;
    private bool _isPassing;

    /// <summary>Initializes a new instance of the <see cref="ResponseRecorder"/> class, and takes the place of the server's features.</summary>
    /// <param name="context">The request.</param>
    /// <param name="plan">The cache.</param>
    /// <param name="mode">What becomes of the answer.</param>
    /// <param name="time">The clock.</param>
    /// <param name="givenUp">Called once if it becomes clear that the answer will not be kept, at the first moment.</param>
    public ResponseRecorder(GatewayContext context, CachePlan plan, RecordingMode mode, TimeProvider time, Action? givenUp)
    {
        (_context, _plan, _mode, _time, _givenUp) = (context, plan, mode, time, givenUp);
        var features = context.Http.Features;
        _outerHead = features.GetRequiredFeature<IHttpResponseFeature>();
        _outerBody = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _isPassing = mode == RecordingMode.Pass;
        _headers = new RecordedHeaders(_outerHead.Headers);
        _writer = new RecordingWriter(this);
        if (_isPassing)
        {
            // The first to be registered here, so the last to run: it sees what the others have done.
            _outerHead.OnStarting(
                static self =>
                {
                    ((ResponseRecorder)self).RecordHead();
                    return Task.CompletedTask;
                },
                this);
        }

        _head = new RecordedHead(_outerHead, isDetached: !_isPassing);
        features.Set<IHttpResponseFeature>(_head);
        features.Set<IHttpResponseBodyFeature>(this);
    }

    public PipeWriter Writer => _writer;

    public Stream Stream => _stream ??= new RecordingStream(this, _outerBody.Stream);

    /// <summary>Gets the server's pipe, if the answer goes to the client.</summary>
    public PipeWriter? Target => _isPassing ? _outerBody.Writer : null;

    /// <summary>Gets what was recorded, and where to write while nothing goes to the client.</summary>
    public PooledBufferWriter Held { get; } = new();

    /// <summary>Gets whether the answer is none: the gateway's own error, or a failure of the backend.</summary>
    public bool IsError => _context.Error is not null || _head.StatusCode >= StatusCodes.Status500InternalServerError;

    public void DisableBuffering() => _outerBody.DisableBuffering();

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_isPassing)
        {
            await BeginAsync();
            await _outerBody.StartAsync(cancellationToken);
        }
    }

    /// <summary>Records the head before anything goes to the client, for what lies between here and there may change it.</summary>
    public ValueTask BeginAsync()
    {
        if (_isRecorded)
        {
            return default;
        }

        if (_head.HasCallbacks)
        {
            return RunCallbacksAsync();
        }

        RecordHead();
        return default;
    }

    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken)
    {
        if (_isPassing)
        {
            var beginning = BeginAsync();
            if (!beginning.IsCompletedSuccessfully)
            {
                return AwaitFlushAsync(beginning, cancellationToken);
            }

            var flushing = _outerBody.Writer.FlushAsync(cancellationToken);
            return flushing.IsCompletedSuccessfully ? new(Checked(flushing.Result)) : AwaitFlushAsync(flushing);
        }

        return Held.Length <= CachedResponse.MaxBodyBytes ? default : LetGoAsync(cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        if (_isPassing && (!_isRecording || (count ?? (new FileInfo(path).Length - offset)) > CachedResponse.MaxBodyBytes))
        {
            StopRecording();
            return _outerBody.SendFileAsync(path, offset, count, cancellationToken);
        }

        return SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);
    }

    public async Task CompleteAsync()
    {
        if (_isPassing)
        {
            await BeginAsync();
            await _outerBody.CompleteAsync();
        }
    }

    /// <summary>Records a piece that goes to the client.</summary>
    public void Record(ReadOnlySpan<byte> piece)
    {
        if (!_isRecording)
        {
            return;
        }

        if (Held.Length + piece.Length > CachedResponse.MaxBodyBytes)
        {
            StopRecording();
        }
        else
        {
            Held.Write(piece);
        }
    }

    /// <summary>Notes that the answer does not reach its end.</summary>
    public void Break() => StopRecording();

    /// <summary>Ends the recording when the integration has answered, and sends on what is held unless it is an error.</summary>
    public async Task FinishAsync()
    {
        if (_mode == RecordingMode.Hold && !_isPassing && IsError)
        {
            return;
        }

        await BeginAsync();
        if (_mode == RecordingMode.Hold && !_isPassing)
        {
            _head.Attach();
            _isPassing = true;
            if (Held.Length > 0)
            {
                await _outerBody.Writer.WriteAsync(Held.WrittenMemory, _context.Http.RequestAborted);
            }
        }
    }

    /// <summary>Makes what is kept of the answer, or gives <see langword="null"/> if nothing is. Not before <see cref="FinishAsync"/>.</summary>
    public CachedResponse? Build()
    {
        if (!_isRecording || !_isRecorded || !_storage.IsKept || _context.Error is not null || !IsWhole())
        {
            return null;
        }

        var body = Held.WrittenSpan.ToArray();
        if (_plan.Policy.AnswersConditionally && _status == StatusCodes.Status200OK && !HttpMethods.IsHead(_context.Http.Request.Method))
        {
            _own = EntityTag.AddTo(_own, body);
        }

        return new CachedResponse(
            _status, _own, body, _recordedAt - _storage.Age, _recordedAt + _storage.Fresh, _recordedAt + _storage.Kept);
    }

    /// <summary>Gives the server's features their place back.</summary>
    public void Dispose()
    {
        var features = _context.Http.Features;
        features.Set(_outerHead);
        features.Set(_outerBody);
        Held.Dispose();
        _isRecording = false;

        // The server may start the response of a request that has failed later, when the context serves another one.
        _isRecorded = true;
    }

    private void RecordHead()
    {
        if (_isRecorded)
        {
            return;
        }

        _isRecorded = true;
        _status = _head.StatusCode;
        _length = _head.Headers.ContentLength;
        _recordedAt = _time.GetUtcNow();
        _storage = StorageRules.Decide(_context, _plan, _status, _head.Headers, _recordedAt);
        if (_storage.IsKept && _isRecording)
        {
            _own = _headers.Of(_context, _plan.Policy.DiagnosticHeader, _head.Headers);
        }
        else
        {
            StopRecording();
        }
    }

    // A client that leaves can cut an answer short without anybody failing.
    private bool IsWhole() =>
        !_context.Http.RequestAborted.IsCancellationRequested
        && !_context.Timeout.IsTimeUp
        && (_length is not { } length || length == Held.Length || HttpMethods.IsHead(_context.Http.Request.Method))
        && _context.Http.Features.Get<IHttpResponseTrailersFeature>() is not { Trailers.Count: > 0 };

    private async ValueTask RunCallbacksAsync()
    {
        await _head.RunCallbacksAsync();
        RecordHead();
    }

    private async ValueTask<FlushResult> AwaitFlushAsync(ValueTask beginning, CancellationToken cancellationToken)
    {
        await beginning;
        return Checked(await _outerBody.Writer.FlushAsync(cancellationToken));
    }

    private async ValueTask<FlushResult> AwaitFlushAsync(ValueTask<FlushResult> flushing) => Checked(await flushing);

    private FlushResult Checked(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled)
        {
            StopRecording();
        }

        return result;
    }

    // Too long to be held: it goes on to the client, or is lost with the error or the refresh that it belongs to.
    private async ValueTask<FlushResult> LetGoAsync(CancellationToken cancellationToken)
    {
        if (_mode == RecordingMode.Discard || IsError)
        {
            GiveUp();
            Held.Truncate(0);
            return default;
        }

        await BeginAsync();
        _head.Attach();
        _isPassing = true;
        _outerBody.Writer.Write(Held.WrittenSpan);
        StopRecording();
        return await _outerBody.Writer.FlushAsync(cancellationToken);
    }

    private void StopRecording()
    {
        GiveUp();
        if (_isPassing)
        {
            Held.Dispose();
        }
    }

    private void GiveUp()
    {
        if (_isRecording)
        {
            _isRecording = false;
            _givenUp?.Invoke();
        }
    }
}
