using ApiGateway.Middleware.Buffers.Frames;
using Microsoft.AspNetCore.Http.Features;

namespace ApiGateway.Middleware.Pipeline.Handshake;

/// <summary>Upgrades to a stream that knows frames.</summary>
/// <param name="inner">What upgrades.</param>
internal sealed class FrameUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => inner.IsUpgradableRequest;

    /// <summary>Gets the connection, once it is upgraded.</summary>
    public FrameStream? Stream { get; private set; }

    public async Task<Stream> UpgradeAsync() => Stream = new FrameStream(await inner.UpgradeAsync());
}
