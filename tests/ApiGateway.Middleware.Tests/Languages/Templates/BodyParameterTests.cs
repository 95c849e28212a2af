using System.Text;
using ApiGateway.Middleware.Languages.Expressions;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Tests.Languages.Templates;

public class BodyParameterTests
{
    [Theory]
    [InlineData("$.a", "x")]
    [InlineData("$.n", "1.50")]
    [InlineData("$.m", "{\"k\":[1,true]}")]
    [InlineData("$.m.k[1]", "true")]
    [InlineData("$.list[*].k", "[1,2]")]
    [InlineData("$.none", null)]
    [InlineData("$.nothing", "")]
    public void TryRead_Path_GivesTextOrJson(string path, string? expected)
    {
        var body = Body("""{"a":"x","n":1.50,"m":{ "k":[1, true] },"list":[{"k":1},{"k":2}],"nothing":null}""");

        var found = BodyParameter.TryRead(body, Path(path), out var text);

        Assert.Equal(expected is not null, found);
        Assert.Equal(expected, text);
    }

    [Fact]
    public void TryRead_PayloadThatIsNoJson_FindsNothing() =>
        Assert.False(BodyParameter.TryRead(Body("nope"), Path("$.a"), out _));

    [Fact]
    public void TryRead_SearchThatMultiplies_StopsWithTheDeclaredException()
    {
        var body = Body($"[{string.Join(',', Enumerable.Repeat("{\"a\":1}", 2000))}]");

        Assert.Throws<TemplateLimitException>(() => BodyParameter.TryRead(body, Path("$[?($..a.length() > 0)]"), out _));
    }

    [Fact]
    public void TryRead_ResultThatIsTooLong_StopsWithTheDeclaredException()
    {
        // Each level of the payload is in the result of its own and in those of all levels above.
        var json = new StringBuilder();
        json.Append('[', 60).Append('"').Append('x', 400_000).Append('"').Append(']', 60);

        Assert.Throws<TemplateLimitException>(() => BodyParameter.TryRead(Body(json.ToString()), Path("$..*"), out _));
    }

    private static JsonBody Body(string json) => new(Encoding.UTF8.GetBytes(json));

    private static JsonPath Path(string text)
    {
        Assert.True(JsonPath.TryParse(text, out var path));
        return path;
    }
}
