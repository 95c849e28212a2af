using ApiGateway.Middleware.Buffers.Frames;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Handshake;

/// <summary>Upgrades a request of HTTP/1.1 to a stream that knows frames.</summary>
/// <param name="inner">What upgrades.</param>
internal sealed class FrameUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature, IFrameFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    public FrameStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() => Stream = new FrameStream(await inner.UpgradeAsync());
}
