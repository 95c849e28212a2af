using ApiGateway.Middleware.Pipeline.Caching;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Caching;

public sealed class EntityTagTests
{
    [Theory]
    [InlineData("\"a\"", "\"a\"", true)]
    [InlineData("W/\"a\"", "\"a\"", true)]
    [InlineData("\"a\"", "W/\"a\"", true)]
    [InlineData("\"b\", W/\"a\"", "\"a\"", true)]
    [InlineData("\"x,y\", \"z\"", "\"x,y\"", true)]
    [InlineData("*", "\"a\"", true)]
    [InlineData("\"A\"", "\"a\"", false)]
    [InlineData("a", "\"a\"", false)]
    [InlineData("\"a", "\"a\"", false)]
    [InlineData("", "\"a\"", false)]
    public void Matches_IfNoneMatch_ByTheWeakComparison(string condition, string tag, bool matches) =>
        Assert.Equal(matches, EntityTag.Matches(condition, [new("etag", tag)]));

    [Fact]
    public void Matches_NoTagOrNoCondition_False()
    {
        Assert.False(EntityTag.Matches("*", []));
        Assert.False(EntityTag.Matches(StringValues.Empty, [new("ETag", "\"a\"")]));
    }

    [Fact]
    public void AddTo_BodiesThatDiffer_HaveTagsThatDiffer()
    {
        Assert.NotEqual(EntityTag.AddTo([], "a"u8)[0].Value, EntityTag.AddTo([], "b"u8)[0].Value);
        Assert.Equal(EntityTag.AddTo([], "a"u8)[0].Value, EntityTag.AddTo([], "a"u8)[0].Value);
        Assert.Equal("\"own\"", Assert.Single(EntityTag.AddTo([new("Etag", "\"own\"")], "a"u8)).Value);
    }
}
