using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Transformation;

namespace ApiGateway.Middleware.Tests.Pipeline.Transformation;

public sealed class PayloadConversionTests
{
    // One byte that is no UTF-8, one NUL, one letter; then the three forms that a body can take.
    private const string Bytes = "FF0041";
    private const string AsText = "EFBFBD0041";
    private const string Encoded = "/wBB";

    [Theory]
    [InlineData(false, ContentHandling.None, Bytes, AsText)]
    [InlineData(false, ContentHandling.ConvertToText, Bytes, AsText)]
    [InlineData(false, ContentHandling.ConvertToBinary, "base64", Bytes)]
    [InlineData(true, ContentHandling.None, Bytes, Bytes)]
    [InlineData(true, ContentHandling.ConvertToBinary, Bytes, Bytes)]
    [InlineData(true, ContentHandling.ConvertToText, Bytes, "base64")]
    public void TryConvertRequest_RowOfTheTable_GivesItsCell(bool isBinary, ContentHandling handling, string body, string expected)
    {
        using var buffer = Holding(BytesOf(body));

        Assert.True(PayloadConversion.TryConvertRequest(isBinary, handling, buffer));

        Assert.Equal(BytesOf(expected), buffer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(false, false, ContentHandling.None, Bytes, AsText)]
    [InlineData(false, false, ContentHandling.ConvertToText, Bytes, AsText)]
    [InlineData(false, false, ContentHandling.ConvertToBinary, "base64", Bytes)]
    [InlineData(false, true, ContentHandling.None, "base64", Bytes)]
    [InlineData(false, true, ContentHandling.ConvertToText, Bytes, AsText)]
    [InlineData(false, true, ContentHandling.ConvertToBinary, "base64", Bytes)]
    [InlineData(true, false, ContentHandling.None, Bytes, "base64")]
    [InlineData(true, false, ContentHandling.ConvertToText, Bytes, "base64")]
    [InlineData(true, false, ContentHandling.ConvertToBinary, Bytes, Bytes)]
    [InlineData(true, true, ContentHandling.None, Bytes, Bytes)]
    [InlineData(true, true, ContentHandling.ConvertToText, Bytes, "base64")]
    [InlineData(true, true, ContentHandling.ConvertToBinary, Bytes, Bytes)]
    public void TryConvertResponse_CellOfTheTable_GivesIt(
        bool payloadIsBinary, bool acceptIsBinary, ContentHandling handling, string body, string expected)
    {
        using var buffer = Holding(BytesOf(body));

        Assert.True(PayloadConversion.TryConvertResponse(payloadIsBinary, acceptIsBinary, handling, buffer));

        Assert.Equal(BytesOf(expected), buffer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("/wB")]
    [InlineData("/wBB=")]
    [InlineData("_wBB")]
    public void TryConvert_NoBase64_IsRefused(string text)
    {
        using var request = Holding(Encoding.UTF8.GetBytes(text));
        using var response = Holding(Encoding.UTF8.GetBytes(text));

        Assert.False(PayloadConversion.TryConvertRequest(isBinary: false, ContentHandling.ConvertToBinary, request));
        Assert.False(PayloadConversion.TryConvertResponse(payloadIsBinary: false, acceptIsBinary: true, ContentHandling.None, response));
    }

    [Fact]
    public void TryConvertRequest_Base64WithLineBreaks_IsDecoded()
    {
        using var buffer = Holding("/w\r\nBB\n"u8);

        Assert.True(PayloadConversion.TryConvertRequest(isBinary: false, ContentHandling.ConvertToBinary, buffer));

        Assert.Equal(BytesOf(Bytes), buffer.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(ContentHandling.ConvertToBinary, false)]
    [InlineData(ContentHandling.ConvertToText, true)]
    [InlineData(ContentHandling.None, false)]
    public void TryConvertRequest_EmptyBody_StaysEmpty(ContentHandling handling, bool isBinary)
    {
        using var buffer = Holding([]);

        Assert.True(PayloadConversion.TryConvertRequest(isBinary, handling, buffer));

        Assert.Equal(0, buffer.Length);
    }

    [Fact]
    public void TryConvertRequest_AnyBytes_BecomeTheTextThatTheDecoderOfTheRuntimeGives()
    {
        var random = new Random(11);
        for (var length = 0; length < 400; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);

            // Leading bytes, so that cut-off sequences of every length are frequent.
            for (var i = 0; i < length; i += 3)
            {
                bytes[i] = (byte)random.Next(0xC0, 0xF6);
            }

            using var buffer = Holding(bytes);
            Assert.True(PayloadConversion.TryConvertRequest(isBinary: false, ContentHandling.None, buffer));

            Assert.Equal(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes)), buffer.WrittenSpan.ToArray());
        }
    }

    [Fact]
    public void TryConvert_AnyBytesToTextAndBack_AreTheSame()
    {
        var random = new Random(12);
        for (var length = 0; length < 200; length++)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            using var buffer = Holding(bytes);

            Assert.True(PayloadConversion.TryConvertRequest(isBinary: true, ContentHandling.ConvertToText, buffer));
            Assert.Equal(Convert.ToBase64String(bytes), Encoding.UTF8.GetString(buffer.WrittenSpan));

            Assert.True(PayloadConversion.TryConvertRequest(isBinary: false, ContentHandling.ConvertToBinary, buffer));
            Assert.Equal(bytes, buffer.WrittenSpan.ToArray());
        }
    }

    [Theory]
    [InlineData(false, ContentHandling.None, true)]
    [InlineData(false, ContentHandling.ConvertToText, true)]
    [InlineData(false, ContentHandling.ConvertToBinary, false)]
    [InlineData(true, ContentHandling.None, false)]
    [InlineData(true, ContentHandling.ConvertToText, true)]
    [InlineData(true, ContentHandling.ConvertToBinary, false)]
    public void RequestIsText_RowOfTheTable_TellsWhatATemplateMayRead(bool isBinary, ContentHandling handling, bool expected) =>
        Assert.Equal(expected, PayloadConversion.RequestIsText(isBinary, handling));

    private static byte[] BytesOf(string form) => form == "base64" ? Encoding.UTF8.GetBytes(Encoded) : Convert.FromHexString(form);

    private static PooledBufferWriter Holding(ReadOnlySpan<byte> bytes)
    {
        var buffer = new PooledBufferWriter();
        buffer.Write(bytes);
        return buffer;
    }
}
