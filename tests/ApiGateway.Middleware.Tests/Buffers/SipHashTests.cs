using System.Buffers.Binary;
using ApiGateway.Middleware.Buffers;

namespace ApiGateway.Middleware.Tests.Buffers;

public sealed class SipHashTests
{
    /// <summary>The key 00 01 .. 0f and the texts 00 01 ..; what another implementation (OpenSSL) makes of them.</summary>
    [Theory]
    [InlineData(0, "A3817F04BA25A8E66DF67214C7550293")]
    [InlineData(1, "DA87C1D86B99AF44347659119B22FC45")]
    [InlineData(8, "3B62A9BA6258F5610F83E264F31497B4")]
    [InlineData(15, "5493E99933B0A8117E08EC0F97CFC3D9")]
    [InlineData(16, "6EE2A4CA67B054BBFD3315BF85230577")]
    [InlineData(24, "2DB479AE78BD50D8882A8A178A6132AD")]
    [InlineData(63, "5150D1772F50834A503E069A973FBD7C")]
    public void Of_KnownTexts_GivesTheKnownHash(int length, string expected)
    {
        var text = Enumerable.Range(0, length).Select(static i => (byte)i).ToArray();

        var hash = SipHash.Of(text, 0x0706050403020100, 0x0f0e0d0c0b0a0908);

        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        Assert.Equal(expected, Convert.ToHexString(bytes));
    }

    [Theory]
    [InlineData(0, "E77EBCB22788A5BEFD62DB6ADD303001")]
    [InlineData(1, "FC6F370460D3EDA85E0573CC2B2FF063")]
    [InlineData(8, "AA12FEE1D5E3DAB4724F16AB35F9C799")]
    [InlineData(15, "C17E5505B2BD526C2921CDEC1E7E0109")]
    [InlineData(24, "9E4BF837BCFD92CACE09D2061A84D04A")]
    [InlineData(63, "4C5800E34EFE426F079F6B0AA75260AD")]
    public void ShortOf_KnownTexts_GivesTheKnownHash(int length, string expected)
    {
        var text = Enumerable.Range(0, length).Select(static i => (byte)i).ToArray();

        var hash = SipHash.ShortOf(text, 0x0706050403020100, 0x0f0e0d0c0b0a0908);

        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, hash);
        Assert.Equal(expected, Convert.ToHexString(bytes));
    }
}
