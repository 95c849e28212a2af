using ApiGateway.Middleware.Buffers.Frames;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Handshake;

/// <summary>Takes a request of HTTP/2 or HTTP/3 as a stream that knows frames. Source: RFC 8441, RFC 9220.</summary>
/// <param name="inner">What takes it.</param>
internal sealed class FrameConnect(IHttpExtendedConnectFeature inner) : IHttpExtendedConnectFeature, IFrameFeature
{
    public bool IsExtendedConnect => inner.IsExtendedConnect;

    public string? Protocol => inner.Protocol;

    public FrameStream? Stream { get; private set; }

    public async ValueTask<Stream> AcceptAsync() => Stream = new FrameStream(await inner.AcceptAsync());
}
