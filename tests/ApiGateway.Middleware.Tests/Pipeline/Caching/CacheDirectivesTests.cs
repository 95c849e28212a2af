using ApiGateway.Middleware.Pipeline.Caching;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Caching;

public sealed class CacheDirectivesTests
{
    [Theory]
    [InlineData("max-age=5", 5)]
    [InlineData("public, MAX-AGE = 5 ,x", 5)]
    [InlineData("max-age=\"5\"", 5)]
    [InlineData("max-age=99999999999", int.MaxValue)]
    [InlineData("max-age", -1)]
    [InlineData("max-age=", -1)]
    [InlineData("max-age=-1", -1)]
    [InlineData("max-age=5x", -1)]
    [InlineData("s-max-age=5", -1)]
    [InlineData("xmax-age=5", -1)]
    public void TryGetSeconds_Directive_IsReadOrNone(string line, int seconds)
    {
        var found = CacheDirectives.TryGetSeconds(line, "max-age", out var value);

        Assert.Equal(seconds >= 0, found);
        Assert.Equal(Math.Max(seconds, 0), value);
    }

    [Fact]
    public void Has_AnyOfManyLines_IsFound()
    {
        Assert.True(CacheDirectives.Has(new StringValues(["public", "a=1, no-store"]), "no-store"));
        Assert.True(CacheDirectives.Has("private=\"X-A\"", "private"));
        Assert.False(CacheDirectives.Has("no-store-at-all", "no-store"));
    }
}
