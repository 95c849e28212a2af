using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Responses;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("a b\tc", "a b\tc")]
    [InlineData("a\r\nSet-Cookie: x", "a%0D%0ASet-Cookie: x")]
    [InlineData("\0\u0007\u007f", "%00%07%7F")]
    [InlineData("é\u20ac", "%C3%A9%E2%82%AC")]
    [InlineData("100%", "100%")]
    public void ForClient_AnyText_IsLegal(string text, string expected)
    {
        Assert.Equal(expected, HeaderText.ForClient(text));
        Assert.True(HeaderText.IsLegal(HeaderText.ForClient(text)));
    }

    [Fact]
    public void ForClient_HalfACharacter_IsReplaced() => Assert.Equal("a%EF%BF%BD", HeaderText.ForClient("a" + (char)0xD800));

    [Fact]
    public void ForClient_LegalText_IsTheSameString()
    {
        const string Text = "as it is";

        Assert.Same(Text, HeaderText.ForClient(Text));
    }

    [Theory]
    [InlineData("plain\ttext", "plain\ttext")]
    [InlineData("a\r\nX: b", "a  X: b")]
    [InlineData("a\0b", "a b")]
    [InlineData("a\r\n", "a")]
    [InlineData("caf\u00e9", "caf\u00e9")]
    public void ForBackend_LineBreaks_NeverPass(string value, string expected)
    {
        Assert.Equal(expected, HeaderText.ForBackend(value));
    }
}
