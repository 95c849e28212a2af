using System.Buffers;
using System.IO.Compression;
using ApiGateway.Middleware.Buffers.Coding;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>Codes a body piece by piece into a buffer.</summary>
internal sealed class BodyEncoder(ContentCoding coding, IBufferWriter<byte> target) : IDisposable
{
    // A gateway codes every answer anew, so speed counts for more than the last few per cent of size.
    private readonly Stream _encoder = Open(coding, new BufferStream(target));

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _encoder.Write(bytes);
        }
    }

    /// <summary>Puts everything that was written so far into the buffer, so that the client can decode it. Costs a few bytes each time.</summary>
    public void Flush() => _encoder.Flush();

    /// <summary>Writes the end of the body.</summary>
    public void Dispose() => _encoder.Dispose();

    private static Stream Open(ContentCoding coding, Stream target) => coding switch
    {
        ContentCoding.Gzip => new GZipStream(target, CompressionLevel.Fastest),
        ContentCoding.Deflate => new ZLibStream(target, CompressionLevel.Fastest),
        ContentCoding.Brotli => new BrotliStream(target, CompressionLevel.Fastest),
        _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, "This is no coding to apply."),
    };
}
