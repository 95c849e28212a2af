using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class BinaryMediaTypesTests
{
    [Fact]
    public void Create_NoEntry_IsNull() => Assert.Null(BinaryMediaTypes.Create([]));

    [Theory]
    [InlineData("image/png", "image/png", true)]
    [InlineData("image/png", "IMAGE/PNG", true)]
    [InlineData("Image/Png", "image/png", true)]
    [InlineData("image/png", "image/png; q=1", true)]
    [InlineData("image/png", " image/png ;charset=x", true)]
    [InlineData("image/png", "image/pngx", false)]
    [InlineData("image/png", "image/*", false)]
    [InlineData("image/png", "*/*", false)]
    [InlineData("image/png", null, false)]
    [InlineData("image/png", "", false)]
    [InlineData("image/*", "image/jpeg", true)]
    [InlineData("image/*", "image", false)]
    [InlineData("image/*", "imagex/jpeg", false)]
    [InlineData("image/*", "*/*", false)]
    [InlineData("*/*", "text/plain", true)]
    [InlineData("*/*", null, true)]
    [InlineData("*/*", "", true)]
    [InlineData("*/png", "image/png", false)]
    [InlineData("*/png", "*/png", false)]
    [InlineData("*", "image/png", false)]
    public void MatchesContentType_Entry_MatchesAsTheServiceDoes(string entry, string? type, bool expected)
    {
        var types = BinaryMediaTypes.Create([entry])!;

        Assert.Equal(expected, types.MatchesContentType(new StringValues(type)));
    }

    [Theory]
    [InlineData("image/png", true)]
    [InlineData("image/png,text/html", true)]
    [InlineData("image/png;q=0.1, text/html", true)]
    [InlineData("text/html, image/png", false)]
    [InlineData("image/*", false)]
    [InlineData("*/*", false)]
    [InlineData(null, false)]
    public void MatchesAccept_SeveralTypes_OnlyTheFirstCounts(string? accept, bool expected)
    {
        var types = BinaryMediaTypes.Create(["application/zip", "image/png"])!;

        Assert.Equal(expected, types.MatchesAccept(new StringValues(accept)));
    }

    [Fact]
    public void MatchesAccept_MissingHeader_MatchesEverythingOnly()
    {
        Assert.True(BinaryMediaTypes.Create(["*/*"])!.MatchesAccept(StringValues.Empty));
        Assert.False(BinaryMediaTypes.Create(["image/*"])!.MatchesAccept(StringValues.Empty));
    }

    [Fact]
    public void MatchesAccept_SeveralLines_OnlyTheFirstCounts()
    {
        var types = BinaryMediaTypes.Create(["image/png"])!;

        Assert.True(types.MatchesAccept(new StringValues(["image/png", "text/html"])));
        Assert.False(types.MatchesAccept(new StringValues(["text/html", "image/png"])));
    }
}
