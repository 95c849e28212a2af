using ApiGateway.Middleware.Buffers.Coding;
using ApiGateway.Middleware.Pipeline.Compression;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Compression;

public sealed class AcceptEncodingTests
{
    [Theory]
    [InlineData(null, "Identity")]
    [InlineData("", "Identity")]
    [InlineData("gzip", "Gzip")]
    [InlineData("GZIP", "Gzip")]
    [InlineData("x-gzip", "Gzip")]
    [InlineData("deflate", "Deflate")]
    [InlineData("identity", "Identity")]
    [InlineData("*", "Gzip")]
    [InlineData("deflate,gzip", "Deflate")]
    [InlineData("gzip, deflate, br", "Gzip")]
    [InlineData(" ,, gzip ,", "Gzip")]
    [InlineData("deflate;q=0.5,gzip;q=1.0", "Gzip")]
    [InlineData("deflate ; q=1 , gzip ; Q=0.9", "Deflate")]
    [InlineData("gzip;q=1.0,identity;q=0.5,*;q=0", "Gzip")]
    [InlineData("identity;q=0.5,gzip;q=0.2", "Identity")]
    [InlineData("identity;q=0.2,gzip;q=0.5", "Gzip")]
    [InlineData("br", "Identity")]
    [InlineData("br, gzip", "Identity")]
    [InlineData("br;q=1.0, gzip;q=0.9", "Identity")]
    [InlineData("br;q=0.5, gzip;q=0.9", "Gzip")]
    [InlineData("gzip;q=0", "Identity")]
    [InlineData("*;q=0", "Identity")]
    [InlineData("gzip;q=0, *", "Deflate")]
    [InlineData("gzip;q=0, deflate;q=0, *", "Identity")]
    [InlineData("gzip;q=2, deflate;q=0.1", "Deflate")]
    [InlineData("gzip;q=x, deflate;q=0.1", "Deflate")]
    [InlineData("gzip;q=-1", "Identity")]
    public void Choose_Header_TakesTheFirstOfTheHighestWeight(string? header, string expected) =>
        Assert.Equal(expected, AcceptEncoding.Choose(new StringValues(header), allowsBrotli: false).ToString());

    [Theory]
    [InlineData("br", "Brotli")]
    [InlineData("br, gzip", "Brotli")]
    [InlineData("gzip, br", "Gzip")]
    [InlineData("*", "Gzip")]
    [InlineData("gzip;q=0, deflate;q=0, *;q=0.1", "Brotli")]
    public void Choose_BrotliAllowed_CountsAsSupported(string header, string expected) =>
        Assert.Equal(expected, AcceptEncoding.Choose(header, allowsBrotli: true).ToString());

    [Fact]
    public void Choose_SeveralLines_CountAsOne() =>
        Assert.Equal(ContentCoding.Deflate, AcceptEncoding.Choose(new StringValues(["gzip;q=0.4", "deflate;q=0.6"]), allowsBrotli: false));
}
