using System.Text;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Tests.Languages.Values;

public sealed class LenientJsonTests
{
    [Theory]
    [InlineData("{\"n\": 200}", 200)]
    [InlineData("{n:200}", 200)]
    [InlineData(" { n : -7 , } ", -7)]
    [InlineData("{\"n\": 1, n: 2}", 2)]
    [InlineData("{a: {n: 1}, b: [1, {n: 2}, \"]}\"], n: 3, c: null}", 3)]
    [InlineData("{\"a\": \"\\\"n\\\": 1\", \"n\": 4}", 4)]
    public void TryGetInteger_ObjectWithTheMember_GivesIt(string json, int expected)
    {
        Assert.True(LenientJson.TryGetInteger(Encoding.UTF8.GetBytes(json), "n"u8, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("200")]
    [InlineData("[{n: 1}]")]
    [InlineData("{}")]
    [InlineData("{N: 1}")]
    [InlineData("{n: \"1\"}")]
    [InlineData("{n: 1.5}")]
    [InlineData("{n: 1e2}")]
    [InlineData("{n: 99999999999}")]
    [InlineData("{n: null}")]
    [InlineData("{n: 1")]
    [InlineData("{n: 1} x")]
    [InlineData("{n: 1 2}")]
    [InlineData("{n 1}")]
    [InlineData("{: 1}")]
    [InlineData("{\"n: 1}")]
    [InlineData("{a: [1, n: 1}")]
    [InlineData("{a: , n: 1}")]
    public void TryGetInteger_AnythingElse_GivesNothing(string json) =>
        Assert.False(LenientJson.TryGetInteger(Encoding.UTF8.GetBytes(json), "n"u8, out _));

    [Fact]
    public void TryGetInteger_DeepNesting_Ends()
    {
        var json = "{a: " + new string('[', 100_000) + new string(']', 100_000) + ", n: 1}";

        Assert.False(LenientJson.TryGetInteger(Encoding.UTF8.GetBytes(json), "n"u8, out _));
    }
}
