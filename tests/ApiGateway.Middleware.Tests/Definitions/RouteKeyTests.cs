using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Definitions;

public sealed class RouteKeyTests
{
    [Theory]
    [InlineData("GET /a", "GET", "/a")]
    [InlineData("  ANY   /a/{b+}  ", "ANY", "/a/{b+}")]
    public void TryParse_MethodAndPath_AreCut(string text, string method, string path)
    {
        Assert.True(RouteKey.TryParse(text, out var foundMethod, out var foundPath));
        Assert.Equal((method, path), (foundMethod, foundPath));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("GET")]
    [InlineData("/a")]
    [InlineData("GET ")]
    public void TryParse_OnePartOnly_Fails(string text) => Assert.False(RouteKey.TryParse(text, out _, out _));
}
