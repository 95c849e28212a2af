using System.Net;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>A request body that lies in pooled memory, which must not be used again while it is still being sent.</summary>
internal sealed class HeldRequestBody(ReadOnlyMemory<byte> bytes) : HttpContent
{
    private Task _copy = Task.CompletedTask;

    /// <summary>Gets whether the body is still being sent: a backend may answer before it has read all.</summary>
    public bool IsCopying => !_copy.IsCompleted;

    /// <summary>Waits until the memory is free; the exchange was cancelled before.</summary>
    public async ValueTask StopAsync() => await _copy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _copy = stream.WriteAsync(bytes, cancellationToken).AsTask();

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
