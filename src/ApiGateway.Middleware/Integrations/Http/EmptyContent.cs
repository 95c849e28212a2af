using System.Net;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>No body, but a place for headers that speak of one.</summary>
internal sealed class EmptyContent : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Task.CompletedTask;

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return true;
    }
}
