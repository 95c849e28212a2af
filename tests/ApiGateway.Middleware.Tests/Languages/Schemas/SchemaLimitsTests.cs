using ApiGateway.Middleware.Languages.Schemas;

namespace ApiGateway.Middleware.Tests.Languages.Schemas;

public class SchemaLimitsTests
{
    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void IsValid_Depth_IsBounded(int depth, bool expected) =>
        Assert.Equal(expected, TestSchema.Compile("{}").IsValid(new string('[', depth) + new string(']', depth)));

    [Fact]
    public void IsValid_DepthUnderNot_IsStillRefused() =>
        Assert.False(TestSchema.Compile("""{"not":{"type":"string"}}""").IsValid(new string('[', 65) + new string(']', 65)));

    // The object, two names, a number, an array, and two numbers: 2 + 2 + 1 + 2 + 2.
    [Theory]
    [InlineData("{}", 9, true)]
    [InlineData("{}", 8, false)]
    [InlineData("""{"oneOf":[{"type":"object"},{"type":"string"}],"dependencies":{"a":{"minProperties":1}}}""", 9, true)]
    [InlineData("""{"oneOf":[{"type":"object"},{"type":"string"}],"dependencies":{"a":{"minProperties":1}}}""", 8, false)]
    public void IsValid_Tokens_AreCountedOnce(string schema, int limit, bool expected)
    {
        var sut = TestSchema.Compile(schema, new SchemaOptions { Limits = new SchemaLimits { MaxTokens = limit } });

        Assert.Equal(expected, sut.IsValid("""{"a":1,"b":[2,3]}"""));
    }

    [Fact]
    public void IsValid_BodySize_IsBounded()
    {
        var sut = TestSchema.Compile("{}", new SchemaOptions { Limits = new SchemaLimits { MaxBodyBytes = 4 } });

        Assert.True(sut.IsValid("1234"));
        Assert.False(sut.IsValid("12345"));
    }

    [Fact]
    public void IsValid_AlternativesThatMultiply_EndAtTheLimit()
    {
        // Each level doubles the work.
        var sut = TestSchema.Compile(
            """{"anyOf":[{"properties":{"a":{"$ref":"#"}},"required":["x"]},{"properties":{"a":{"$ref":"#"}},"required":["y"]}]}""",
            new SchemaOptions { Limits = new SchemaLimits { MaxReplayBytes = 100_000 } });
        var body = "1";
        for (var i = 0; i < 40; i++)
        {
            body = $$"""{"a":{{body}}}""";
        }

        Assert.False(sut.IsValid(body));
    }

    [Fact]
    public void IsValid_SlowPattern_RefusesAlsoUnderNot()
    {
        var options = new SchemaOptions { Limits = new SchemaLimits { PatternTimeout = TimeSpan.FromMilliseconds(1) } };
        var body = $"\"{new string('a', 5000)}!\"";

        // The back-reference needs backtracking, which is exponential here.
        Assert.False(TestSchema.Compile("""{"pattern":"^(a+)+\\1$"}""", options).IsValid(body));
        Assert.False(TestSchema.Compile("""{"not":{"pattern":"^(a+)+\\1$"}}""", options).IsValid(body));
        Assert.NotEqual("[]", TestSchema.Compile("""{"not":{"pattern":"^(a+)+\\1$"}}""", options).Explain(body));
    }
}
