using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class DotSegmentsTests
{
    [Theory]
    [InlineData("/.", true)]
    [InlineData("/..", true)]
    [InlineData("/a/./b", true)]
    [InlineData("/a/../b", true)]
    [InlineData("/a/..", true)]
    [InlineData("/a/..;x=1/b", true)]
    [InlineData("/a/.;/b", true)]
    [InlineData("/a/b", false)]
    [InlineData("/...", false)]
    [InlineData("/.well-known/x", false)]
    [InlineData("/a/..b", false)]
    [InlineData("/a../b.", false)]
    [InlineData("/a;x/b", false)]
    [InlineData("", false)]
    public void IsIn_Path_TellsDotsFromNames(string path, bool expected) => Assert.Equal(expected, DotSegments.IsIn(path));
}
