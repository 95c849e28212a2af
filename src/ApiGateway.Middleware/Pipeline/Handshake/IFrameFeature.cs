using ApiGateway.Middleware.Buffers.Frames;

namespace ApiGateway.Middleware.Pipeline.Handshake;

/// <summary>What is below the socket of a request, once it is opened.</summary>
internal interface IFrameFeature
{
    /// <summary>Gets the connection, or <see langword="null"/> as long as it is not upgraded.</summary>
    FrameStream? Stream { get; }
}
