using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Tests.Languages.Expressions;

/// <summary>Values of parameter mappings of HTTP APIs: rules M-2, M-3 and M-5.</summary>
public sealed class MappingExpressionTests
{
    [Theory]
    [InlineData("$request.header.X-One", "MultiValueHeader", "X-One")]
    [InlineData("$request.querystring.a.b", "MultiValueQueryString", "a.b")]
    [InlineData("$request.body", "Body", "")]
    [InlineData("$request.body.a[0].b", "BodyJsonPath", "$.a[0].b")]
    [InlineData("$request.path", "Path", "")]
    [InlineData("$request.path.id", "PathParameter", "id")]
    [InlineData("$context.identity.sourceIp", "Context", "identity.sourceIp")]
    [InlineData("$context.authorizer.my_claim", "Context", "authorizer.my_claim")]
    [InlineData("$stageVariables.v_1", "StageVariable", "v_1")]
    public void TryParse_BareSourceOfARequest_IsThatSource(string text, string kind, string name)
    {
        Assert.True(MappingExpression.TryParse(text, isResponse: false, out var expression, out _));

        var part = Assert.Single(expression.Parts);
        Assert.Equal((Enum.Parse<ParameterKind>(kind), name, false), (part.Kind, part.Name, expression.IsTemplate));
    }

    [Theory]
    [InlineData("$response.header.location", "MultiValueHeader", "location")]
    [InlineData("$response.body", "Body", "")]
    [InlineData("$response.body.id", "BodyJsonPath", "$.id")]
    public void TryParse_BareSourceOfAResponse_IsThatSource(string text, string kind, string name)
    {
        Assert.True(MappingExpression.TryParse(text, isResponse: true, out var expression, out _));

        Assert.Equal((Enum.Parse<ParameterKind>(kind), name), (expression.Parts[0].Kind, expression.Parts[0].Name));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("'text'")]
    [InlineData("costs $5")]
    [InlineData("$5 and $request.header.x")]
    [InlineData("x $request.header.x")]
    [InlineData("$requests.header.x")]
    public void TryParse_AnythingElse_IsAText(string text)
    {
        Assert.True(MappingExpression.TryParse(text, isResponse: false, out var expression, out _));

        Assert.Equal(text, expression.Constant);
    }

    [Fact]
    public void TryParse_Braces_AreFilledInBetweenTexts()
    {
        Assert.True(MappingExpression.TryParse("/${request.path.a}/x${stageVariables.v}", isResponse: false, out var expression, out _));

        Assert.True(expression.IsTemplate);
        Assert.Equal(
            [(ParameterKind.Static, "/"), (ParameterKind.PathParameter, "a"), (ParameterKind.Static, "/x"), (ParameterKind.StageVariable, "v")],
            expression.Parts.Select(static part => (part.Kind, part.Name)));
    }

    [Theory]
    [InlineData("$request.header.a b")]
    [InlineData("$request.header.")]
    [InlineData("$request")]
    [InlineData("$request.cookie.a")]
    [InlineData("$request.querystring.a}b")]
    [InlineData("$response.header.a")]
    [InlineData("$context.a-b")]
    [InlineData("$context.")]
    [InlineData("$stageVariables.a-b")]
    [InlineData("${request.header.a")]
    [InlineData("${a}")]
    [InlineData("${response.body}")]
    [InlineData("$request.body..a")]
    [InlineData("$request.body.a[?(@.b)]")]
    [InlineData("${request.body.a..b}")]
    public void TryParse_NoSourceOfARequest_IsAnError(string text)
    {
        Assert.False(MappingExpression.TryParse(text, isResponse: false, out _, out var error));

        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("$request.header.a")]
    [InlineData("$response.path")]
    [InlineData("$response.querystring.a")]
    [InlineData("$response.body..a")]
    public void TryParse_NoSourceOfAResponse_IsAnError(string text) =>
        Assert.False(MappingExpression.TryParse(text, isResponse: true, out _, out _));

    [Theory]
    [InlineData("$stageVariables.v", "one")]
    [InlineData("a${stageVariables.v}b", "aoneb")]
    [InlineData("$stageVariables.none", "")]
    [InlineData("a${stageVariables.none}b", "ab")]
    public void Fill_StageVariables_BecomeText(string text, string expected)
    {
        Assert.True(MappingExpression.TryParse(text, isResponse: false, out var expression, out _));

        // T-7: one that does not exist is empty.
        Assert.Equal(expected, expression.Fill(new Dictionary<string, string> { ["v"] = "one" }).Constant);
    }

    [Fact]
    public void TryParse_Anything_NeverThrows()
    {
        string[] pieces = ["$", "${", "}", "{", "request", "response", "context", "stageVariables", ".", "header", "querystring", "path", "body", "a", "[0]", "['x']", "..", "[?(@.a)]", " ", "\u00e4", "'"];
        var random = new Random(42);
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var isResponse in (ReadOnlySpan<bool>)[false, true])
            {
                if (MappingExpression.TryParse(text, isResponse, out var expression, out var error))
                {
                    Assert.True(expression.Parts.Length > 0, text);
                }
                else
                {
                    Assert.NotEmpty(error);
                }
            }
        }
    }
}
