using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace ApiGateway.Middleware.Buffers.Coding;

/// <summary>Undoes the coding of a body that is in memory. Stops at a limit, whatever the body would become.</summary>
/// <remarks>A body that is cut off, or followed by anything else, counts as malformed. The runtime's streams alone would accept both.</remarks>
internal static class BodyDecoder
{
    /// <summary>How many times its own length a body may become. JSON and logs stay below 100; bombs made of zeros reach 1,000 and more.</summary>
    public const int MaxRatio = 256;

    /// <summary>From where on the ratio counts, in bytes: less is no burden, however small its coded form.</summary>
    public const int FreeLength = 1024 * 1024;

    private const int Piece = 16 * 1024;
    private const int ChecksumLength = 4;

    // A gzip body may have several members (RFC 1952 2.2). This one is put behind the client's: whether it comes out at the end, and only
    // there, tells whether the others were whole.
    private static readonly byte[] End = Guid.NewGuid().ToByteArray();
    private static readonly byte[] EndMember = MemberOf(End);

    /// <summary>Undoes a coding.</summary>
    /// <param name="coding">The coding.</param>
    /// <param name="source">The coded body.</param>
    /// <param name="target">Receives the body, or a part of it if the result is not <see cref="DecodingResult.Done"/>.</param>
    /// <param name="limit">The largest length of the body, in bytes.</param>
    public static DecodingResult Decode(ContentCoding coding, ReadOnlyMemory<byte> source, PooledBufferWriter target, int limit)
    {
        if (source.IsEmpty)
        {
            return DecodingResult.Done;
        }

        limit = (int)Math.Min(limit, Math.Max(FreeLength, (long)source.Length * MaxRatio));
        return coding switch
        {
            ContentCoding.Gzip => DecodeGzip(source, target, limit),
            ContentCoding.Deflate when HasZlibHeader(source.Span) => DecodeZlib(source, target, limit),
            ContentCoding.Deflate => DecodeDeflate(source, target, limit),
            ContentCoding.Brotli => DecodeBrotli(source.Span, target, limit),
            _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, "This is nothing to undo."),
        };
    }

    private static DecodingResult DecodeGzip(ReadOnlyMemory<byte> source, PooledBufferWriter target, int limit)
    {
        using var coded = new CodedStream(source, EndMember);
        var result = Read(new GZipStream(coded, CompressionMode.Decompress), target, limit + End.Length);
        if (result != DecodingResult.Done)
        {
            return result;
        }

        if (!target.WrittenSpan.EndsWith(End))
        {
            return DecodingResult.Malformed;
        }

        target.Truncate(target.Length - End.Length);
        return DecodingResult.Done;
    }

    private static DecodingResult DecodeZlib(ReadOnlyMemory<byte> source, PooledBufferWriter target, int limit)
    {
        using var coded = new CodedStream(source);
        var result = Read(new ZLibStream(coded, CompressionMode.Decompress), target, limit);
        return result == DecodingResult.Done
            && Adler32.Of(target.WrittenSpan) != BinaryPrimitives.ReadUInt32BigEndian(source.Span[^ChecksumLength..])
                ? DecodingResult.Malformed : result;
    }

    // Some clients send the bare format of RFC 1951 under this name (RFC 9110 8.4.1.2). It has no checksum, but marks its last block: the
    // decoder of a whole body wants nothing behind it.
    private static DecodingResult DecodeDeflate(ReadOnlyMemory<byte> source, PooledBufferWriter target, int limit)
    {
        using var coded = new CodedStream(source);
        var result = Read(new DeflateStream(coded, CompressionMode.Decompress), target, limit);
        return result == DecodingResult.Done && coded.IsExhausted ? DecodingResult.Malformed : result;
    }

    private static DecodingResult Read(Stream decoder, PooledBufferWriter target, int limit)
    {
        using (decoder)
        {
            try
            {
                while (true)
                {
                    var read = decoder.Read(target.GetSpan(Piece));
                    if (read == 0)
                    {
                        return DecodingResult.Done;
                    }

                    if (read > limit - target.Length)
                    {
                        return DecodingResult.TooLarge;
                    }

                    target.Advance(read);
                }
            }
            catch (InvalidDataException)
            {
                return DecodingResult.Malformed;
            }
        }
    }

    private static DecodingResult DecodeBrotli(ReadOnlySpan<byte> source, PooledBufferWriter target, int limit)
    {
        using var decoder = default(BrotliDecoder);
        while (true)
        {
            var status = decoder.Decompress(source, target.GetSpan(Piece), out var consumed, out var written);
            if (written > limit - target.Length)
            {
                return DecodingResult.TooLarge;
            }

            target.Advance(written);
            source = source[consumed..];
            if (status != OperationStatus.DestinationTooSmall)
            {
                return status == OperationStatus.Done && source.IsEmpty ? DecodingResult.Done : DecodingResult.Malformed;
            }
        }
    }

    // RFC 1950 2.2. A body that is too short for the checksum is none of this format.
    private static bool HasZlibHeader(ReadOnlySpan<byte> source)
    {
        const int Method = 8;
        const int CheckModulus = 31;
        return source.Length > ChecksumLength && (source[0] & 0xF) == Method && BinaryPrimitives.ReadUInt16BigEndian(source) % CheckModulus == 0;
    }

    private static byte[] MemberOf(ReadOnlySpan<byte> content)
    {
        var member = new MemoryStream();
        using (var encoder = new GZipStream(member, CompressionLevel.NoCompression))
        {
            encoder.Write(content);
        }

        return member.ToArray();
    }
}
