using System.Buffers;
using System.IO.Pipelines;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Buffers.Coding;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>
/// The body of a response that may become a coded one. Holds what is written until it is known whether the body is long enough; then
/// passes it on, coded or as it is, and holds nothing more. Not thread-safe, as bodies are.
/// </summary>
/// <remarks>
/// What decides: the headers of the response when its first bytes are sent, its <c>Content-Length</c>, or else the length that was
/// written. Until then, a flush and a start are held back with the bytes.
/// </remarks>
internal sealed class EncodedBody : IHttpResponseBodyFeature, IDisposable
{
    private const int FilePiece = 64 * 1024;

    private readonly HttpContext _http;
    private readonly IHttpResponseFeature _head;
    private readonly IHttpResponseBodyFeature _inner;
    private readonly ContentCoding _coding;
    private readonly int _minimum;
    private readonly PooledBufferWriter _held = new();
    private Stream? _stream;
    private BodyEncoder? _encoder;
    private bool _isPlain;
    private bool _isUnbuffered;

    public EncodedBody(
        HttpContext http, IHttpResponseFeature head, IHttpResponseBodyFeature inner, ContentCoding coding, int minimum)
    {
        _http = http;
        _head = head;
        _inner = inner;
        _coding = coding;
        _minimum = minimum;
        Writer = new EncodedBodyWriter(this);
    }

    public PipeWriter Writer { get; }

    public Stream Stream => _stream ??= new EncodedBodyStream(this);

    /// <summary>Gets the server's body.</summary>
    public IHttpResponseBodyFeature Inner => _inner;

    /// <summary>Gets the server's body, for what is passed on as it is; <see langword="null"/> while that is not decided.</summary>
    public IHttpResponseBodyFeature? Plain => _isPlain ? _inner : null;

    /// <summary>Gets whether the response counts as begun for whoever writes it, although the server may have seen nothing of it.</summary>
    public bool HasStarted { get; private set; }

    /// <summary>Gets where pieces are written that <see cref="FlushAsync"/> then takes, unless the body is plain.</summary>
    public PooledBufferWriter Held => _held;

    private bool IsDecided => _isPlain || _encoder is not null;

    public void DisableBuffering()
    {
        _isUnbuffered = true;
        _inner.DisableBuffering();
    }

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        HasStarted = true;
        Decide();
        return IsDecided ? _inner.StartAsync(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Sends what was written, so that the client can read all of it; holds it if nothing is decided.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken) => SendAsync(isFlush: true, cancellationToken);

    /// <summary>Takes a piece from a stream, which need not reach the client at once.</summary>
    public async ValueTask TakeAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellationToken)
    {
        if (_encoder is not null && _held.Length == 0)
        {
            _encoder.Write(piece.Span);
        }
        else
        {
            _held.Write(piece.Span);
        }

        await SendAsync(isFlush: false, cancellationToken);
    }

    /// <summary>Takes a piece without waiting for the client; for code that cannot wait otherwise.</summary>
    /// <exception cref="InvalidOperationException">The server does not allow that.</exception>
    public void Take(ReadOnlySpan<byte> piece)
    {
        if (_isPlain)
        {
            _inner.Stream.Write(piece);
            return;
        }

        ThrowIfAsynchronous();
        _held.Write(piece);
        Send(isFlush: false);
    }

    /// <summary>Sends what was written without waiting for the client.</summary>
    /// <exception cref="InvalidOperationException">The server does not allow that.</exception>
    public void Flush()
    {
        if (!_isPlain)
        {
            ThrowIfAsynchronous();
        }

        Send(isFlush: true);
    }

    public async Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, file.Length);
        var left = count ?? (file.Length - offset);
        ArgumentOutOfRangeException.ThrowIfNegative(left, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left, file.Length - offset, nameof(count));

        Decide(left);
        if (_isPlain)
        {
            await _inner.SendFileAsync(path, offset, count, cancellationToken);
            return;
        }

        file.Position = offset;
        while (left > 0)
        {
            var memory = _held.GetMemory(FilePiece);
            var read = await file.ReadAsync(memory[..(int)Math.Min(left, memory.Length)], cancellationToken);
            if (read == 0)
            {
                throw new EndOfStreamException($"The file '{path}' has become shorter while it was sent.");
            }

            _held.Advance(read);
            left -= read;
            await SendAsync(isFlush: false, cancellationToken);
        }
    }

    public Task CompleteAsync()
    {
        Finish();
        return _inner.CompleteAsync();
    }

    /// <summary>Passes on what is left, at the end of the response. What is written later goes to the server as it is.</summary>
    public void Finish()
    {
        if (!IsDecided)
        {
            FinishWhole();
        }

        if (_encoder is not null)
        {
            _encoder.Write(_held.WrittenSpan);
            _encoder.Dispose();
            _encoder = null;
            _held.Truncate(0);
        }

        _isPlain = true;
    }

    public void Dispose()
    {
        _encoder?.Dispose();
        _held.Dispose();
    }

    // The whole body is here, so its length is known.
    private void FinishWhole()
    {
        var response = _http.Response;
        var isCoded = _held.Length > 0 && _held.Length >= _minimum && MayBeCoded(response) && response.ContentLength is not 0;
        var hasLength = _held.Length > 0 && !_head.HasStarted && EncodedHead.MayHaveLength(response);
        if (!isCoded)
        {
            if (hasLength)
            {
                response.ContentLength ??= _held.Length;
            }

            PassHeld();
            return;
        }

        using var coded = new PooledBufferWriter();
        using (var encoder = new BodyEncoder(_coding, coded))
        {
            encoder.Write(_held.WrittenSpan);
        }

        EncodedHead.Announce(response, _coding);
        if (hasLength)
        {
            response.ContentLength = coded.Length;
        }

        _inner.Writer.Write(coded.WrittenSpan);
        _held.Truncate(0);
    }

    private ValueTask<FlushResult> SendAsync(bool isFlush, CancellationToken cancellationToken) =>
        TryEncode(isFlush) ? _inner.Writer.FlushAsync(cancellationToken) : default;

    private void Send(bool isFlush)
    {
        if (TryEncode(isFlush))
        {
            _inner.Stream.Flush();
        }
    }

    private bool TryEncode(bool isFlush)
    {
        HasStarted = true;
        Decide();
        if (_encoder is not null)
        {
            _encoder.Write(_held.WrittenSpan);
            _held.Truncate(0);
            if (isFlush)
            {
                _encoder.Flush();
            }
        }

        return IsDecided;
    }

    private bool MayBeCoded(HttpResponse response) => !_head.HasStarted && EncodedHead.MayBeCoded(response);

    private void ThrowIfAsynchronous()
    {
        if (_http.Features.Get<IHttpBodyControlFeature>() is { AllowSynchronousIO: false })
        {
            throw new InvalidOperationException("Synchronous operations are disallowed. Call WriteAsync or FlushAsync, or set AllowSynchronousIO to true.");
        }
    }

    /// <summary>Decides, if enough is known.</summary>
    /// <param name="upcoming">How many bytes are sure to follow those that are held.</param>
    private void Decide(long upcoming = 0)
    {
        if (IsDecided)
        {
            return;
        }

        var response = _http.Response;
        if (!MayBeCoded(response))
        {
            PassHeld();
            return;
        }

        if (response.ContentLength == _held.Length)
        {
            FinishWhole();
            _isPlain = true;
            return;
        }

        var known = response.ContentLength ?? (_held.Length + upcoming);
        if (known >= _minimum && response.ContentLength is not 0)
        {
            EncodedHead.Announce(response, _coding);
            _encoder = new BodyEncoder(_coding, _inner.Writer);
        }
        else if (response.ContentLength is not null || _isUnbuffered)
        {
            PassHeld();
        }
    }

    private void PassHeld()
    {
        _isPlain = true;
        if (_held.Length > 0)
        {
            _inner.Writer.Write(_held.WrittenSpan);
            _held.Truncate(0);
        }
    }
}
