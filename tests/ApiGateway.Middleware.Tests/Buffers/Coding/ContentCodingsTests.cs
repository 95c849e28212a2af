using ApiGateway.Middleware.Buffers.Coding;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Buffers.Coding;

public sealed class ContentCodingsTests
{
    [Theory]
    [InlineData("gzip", "Gzip")]
    [InlineData(" GZip ", "Gzip")]
    [InlineData("x-gzip", "Gzip")]
    [InlineData("deflate", "Deflate")]
    [InlineData("identity", "Identity")]
    [InlineData("", "Identity")]
    public void TryRead_KnownCoding_IsRead(string header, string expected)
    {
        Assert.True(ContentCodings.TryRead(header, allowsBrotli: false, out var coding));

        Assert.Equal(expected, coding.ToString());
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("*")]
    [InlineData("gzip, gzip")]
    [InlineData("identity, gzip")]
    public void TryRead_UnknownOrSeveral_IsNot(string header) => Assert.False(ContentCodings.TryRead(header, allowsBrotli: false, out _));

    [Fact]
    public void TryRead_SeveralLines_IsNot() => Assert.False(ContentCodings.TryRead(new StringValues(["gzip", "gzip"]), allowsBrotli: false, out _));

    [Fact]
    public void TryRead_BrotliAllowed_IsRead()
    {
        Assert.True(ContentCodings.TryRead("br", allowsBrotli: true, out var coding));

        Assert.Equal(ContentCoding.Brotli, coding);
    }
}
