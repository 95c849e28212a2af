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
    public void Of_AnyText_IsLegal(string text, string expected)
    {
        Assert.Equal(expected, HeaderText.ForClient(text));
        Assert.True(HeaderText.IsLegal(HeaderText.ForClient(text)));
    }

    [Fact]
    public void Of_HalfACharacter_IsReplaced() => Assert.Equal("a%EF%BF%BD", HeaderText.ForClient("a" + (char)0xD800));

    [Fact]
    public void Of_LegalText_IsTheSameString()
    {
        const string Text = "as it is";

        Assert.Same(Text, HeaderText.ForClient(Text));
    }
}
