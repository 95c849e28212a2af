using System.IO.Compression;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Buffers.Coding;
using ApiGateway.Middleware.Pipeline.Compression;

namespace ApiGateway.Middleware.Tests.Buffers.Coding;

public sealed class BodyDecoderTests
{
    private const int Limit = 10 * 1024 * 1024;

    private static readonly byte[] Body = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(static i => $"line {i * 7919 % 5003}\n")));

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Deflate")]
    [InlineData("Brotli")]
    public void Decode_BodyOfTheEncoder_IsTheSame(string name)
    {
        var coding = Enum.Parse<ContentCoding>(name);
        using var coded = new PooledBufferWriter();
        using (var encoder = new BodyEncoder(coding, coded))
        {
            encoder.Write(Body.AsSpan(0, 1000));
            encoder.Flush();
            encoder.Write(Body.AsSpan(1000));
        }

        using var target = new PooledBufferWriter();

        Assert.True(coded.Length < Body.Length);
        Assert.Equal(DecodingResult.Done, BodyDecoder.Decode(coding, coded.WrittenMemory, target, Limit));
        Assert.Equal(Body, target.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Fastest)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void Decode_DeflateWithoutItsFrame_IsDecodedToo(CompressionLevel level)
    {
        var coded = Coded(stream => new DeflateStream(stream, level), Body);
        using var target = new PooledBufferWriter();

        Assert.Equal(DecodingResult.Done, BodyDecoder.Decode(ContentCoding.Deflate, coded, target, Limit));
        Assert.Equal(Body, target.WrittenSpan.ToArray());
    }

    [Fact]
    public void Decode_GzipOfSeveralMembers_IsAllOfThem()
    {
        var member = Coded(static stream => new GZipStream(stream, CompressionLevel.Fastest), "abc"u8);
        using var target = new PooledBufferWriter();

        Assert.Equal(DecodingResult.Done, BodyDecoder.Decode(ContentCoding.Gzip, (byte[])[.. member, .. member], target, Limit));
        Assert.Equal("abcabc"u8.ToArray(), target.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Deflate")]
    [InlineData("Brotli")]
    public void Decode_Garbage_IsMalformed(string name)
    {
        using var target = new PooledBufferWriter();

        var result = BodyDecoder.Decode(Enum.Parse<ContentCoding>(name), "{\"this\": \"was never compressed\"}"u8.ToArray(), target, Limit);

        Assert.Equal(DecodingResult.Malformed, result);
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Deflate")]
    [InlineData("Brotli")]
    [InlineData("bare")]
    public void Decode_CutOffAnywhere_IsMalformed(string name)
    {
        var coding = name == "bare" ? ContentCoding.Deflate : Enum.Parse<ContentCoding>(name);
        var coded = Coded(name, Body.AsSpan(0, 300));
        for (var length = 1; length < coded.Length; length++)
        {
            using var target = new PooledBufferWriter();
            Assert.Equal((length, DecodingResult.Malformed), (length, BodyDecoder.Decode(coding, coded.AsMemory(0, length), target, Limit)));
        }
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Deflate")]
    [InlineData("Brotli")]
    [InlineData("bare")]
    public void Decode_AnyLength_IsTheSame(string name)
    {
        var coding = name == "bare" ? ContentCoding.Deflate : Enum.Parse<ContentCoding>(name);
        var random = new Random(5);
        for (var length = 0; length < 40_000; length = (length * 5 / 4) + 1)
        {
            // Half of it is noise, so that the coded body is longer than the decoder's own buffers.
            var body = new byte[length];
            random.NextBytes(body.AsSpan(length / 2));
            using var target = new PooledBufferWriter();

            Assert.Equal((length, DecodingResult.Done), (length, BodyDecoder.Decode(coding, Coded(name, body), target, Limit)));
            Assert.Equal(body, target.WrittenSpan.ToArray());
        }
    }

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Deflate")]
    [InlineData("Brotli")]
    public void Decode_SomethingBehindTheBody_IsMalformed(string name)
    {
        using var target = new PooledBufferWriter();

        var result = BodyDecoder.Decode(Enum.Parse<ContentCoding>(name), (byte[])[.. Coded(name, Body), 1, 2, 3, 4, 5], target, Limit);

        Assert.Equal(DecodingResult.Malformed, result);
    }

    [Fact]
    public void Decode_WrongChecksum_IsMalformed()
    {
        var coded = Coded(static stream => new GZipStream(stream, CompressionLevel.Fastest), Body);
        coded[^6] ^= 1;
        using var target = new PooledBufferWriter();

        Assert.Equal(DecodingResult.Malformed, BodyDecoder.Decode(ContentCoding.Gzip, coded, target, Limit));
    }

    [Theory]
    [InlineData(0, "Done")]
    [InlineData(1, "TooLarge")]
    public void Decode_AtTheLimit_CountsEachByte(int beyond, string expected)
    {
        var coded = Coded(static stream => new GZipStream(stream, CompressionLevel.Fastest), Body);
        using var target = new PooledBufferWriter();

        Assert.Equal(expected, BodyDecoder.Decode(ContentCoding.Gzip, coded, target, Body.Length - beyond).ToString());
    }

    [Theory]
    [InlineData(BodyDecoder.FreeLength, "Done")]
    [InlineData(2 * BodyDecoder.FreeLength, "TooLarge")]
    public void Decode_GrowsLikeABomb_IsTooLargeFromTheFreeLengthOn(int length, string expected)
    {
        var coded = Coded(static stream => new GZipStream(stream, CompressionLevel.SmallestSize), new byte[length]);
        using var target = new PooledBufferWriter();

        Assert.Equal(expected, BodyDecoder.Decode(ContentCoding.Gzip, coded, target, Limit).ToString());
        Assert.InRange(target.Length, 1, BodyDecoder.FreeLength);
    }

    private static byte[] Coded(string name, ReadOnlySpan<byte> body) => Coded(
        stream => name switch
        {
            "Gzip" => new GZipStream(stream, CompressionLevel.Optimal),
            "Deflate" => new ZLibStream(stream, CompressionLevel.Optimal),
            "Brotli" => new BrotliStream(stream, CompressionLevel.Optimal),
            _ => new DeflateStream(stream, CompressionLevel.Optimal),
        },
        body);

    private static byte[] Coded(Func<Stream, Stream> open, ReadOnlySpan<byte> body)
    {
        var coded = new MemoryStream();
        using (var encoder = open(coded))
        {
            encoder.Write(body);
        }

        return coded.ToArray();
    }
}
