using System.Buffers;
using System.IO.Pipelines;
using ApiGateway.Middleware.Buffers;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.Context;

/// <summary>The request's body once a step had to look at it as a whole: read once, and the same bytes for all that come later.</summary>
internal sealed class RequestBody : IDisposable
{
    private PooledBufferWriter _bytes = new();
    private Stream? _original;

    /// <summary>Gets whether the body is in memory. If it is not, it still flows from the client.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>Gets the bytes, valid while the request lasts; empty if the body is not held.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Takes the body into memory, and lets <c>HttpRequest.Body</c> read from there.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The largest body, in bytes.</param>
    /// <returns>Whether the body is within the limit; if not, the request has to be refused.</returns>
    public ValueTask<bool> HoldAsync(GatewayContext context, int limit)
    {
        if (IsHeld || !context.HasRequestBody)
        {
            IsHeld = true;
            return new(_bytes.Length <= limit);
        }

        return ReadAsync(context.Http, limit);
    }

    /// <summary>Takes a body that has come in another way than the request's.</summary>
    public void Hold(ReadOnlySpan<byte> bytes)
    {
        _bytes.Truncate(0);
        _bytes.Write(bytes);
        IsHeld = true;
    }

    /// <summary>Puts other bytes in place of those that are held.</summary>
    public void Replace(HttpContext http, ReadOnlySpan<byte> bytes)
    {
        _bytes.Truncate(0);
        _bytes.Write(bytes);
        Publish(http);
    }

    /// <summary>Puts other bytes in place of those that are held, and keeps their buffer.</summary>
    public void Adopt(HttpContext http, PooledBufferWriter bytes)
    {
        _bytes.Dispose();
        _bytes = bytes;
        Publish(http);
    }

    /// <summary>Changes the held bytes in place.</summary>
    /// <returns>What <paramref name="change"/> returns.</returns>
    public bool TryChange<TState>(HttpContext http, TState state, Func<PooledBufferWriter, TState, bool> change)
    {
        if (_bytes.Length == 0)
        {
            return true;
        }

        var isChanged = change(_bytes, state);
        Publish(http);
        return isChanged;
    }

    /// <summary>Gives the request back its own body, because the bytes are about to be reused.</summary>
    public void Release(HttpContext http)
    {
        if (_original is not null)
        {
            http.Request.Body = _original;
            _original = null;
        }

        IsHeld = false;
        _bytes.Dispose();
    }

    public void Dispose() => _bytes.Dispose();

    private async ValueTask<bool> ReadAsync(HttpContext http, int limit)
    {
        try
        {
            await HeldBody.ReadAsync(http.Request.BodyReader, _bytes, limit, http.RequestAborted);
        }
        catch (BodyTooLargeException)
        {
            return false;
        }

        IsHeld = true;
        Publish(http);
        return true;
    }

    private void Publish(HttpContext http)
    {
        _original ??= http.Request.Body;
        http.Request.Body = PipeReader.Create(new ReadOnlySequence<byte>(_bytes.WrittenMemory)).AsStream();
    }
}
