using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Tests.Languages.Expressions;

public class ParameterExpressionTests
{
    [Theory]
    [InlineData("method.request.path.id", "PathParameter", "id")]
    [InlineData("method.request.querystring.a.b", "QueryString", "a.b")]
    [InlineData("method.request.multivaluequerystring.a", "MultiValueQueryString", "a")]
    [InlineData("method.request.header.X-One", "Header", "X-One")]
    [InlineData("method.request.multivalueheader.Accept", "MultiValueHeader", "Accept")]
    [InlineData("method.request.body", "Body", "")]
    [InlineData("method.request.body.a.b", "BodyJsonPath", "$.a.b")]
    [InlineData("method.request.body[0].a", "BodyJsonPath", "$[0].a")]
    [InlineData("stageVariables.v", "StageVariable", "v")]
    [InlineData("context.identity.sourceIp", "Context", "identity.sourceIp")]
    [InlineData("'text'", "Static", "text")]
    [InlineData("''", "Static", "")]
    [InlineData("'it''s'", "Static", "it''s")]
    public void TryParseRequest_KnownSource_IsParsed(string text, string kind, string name)
    {
        Assert.True(ParameterExpression.TryParseRequest(text, out var expression));

        Assert.Equal((Enum.Parse<ParameterKind>(kind), name), (expression.Kind, expression.Name));
        Assert.Equal(expression.Kind == ParameterKind.BodyJsonPath, expression.Path is not null);
    }

    [Theory]
    [InlineData("integration.response.header.X", "Header", "X")]
    [InlineData("integration.response.multivalueheader.X", "MultiValueHeader", "X")]
    [InlineData("integration.response.body", "Body", "")]
    [InlineData("integration.response.body.errorMessage.trace.function", "BodyJsonPath", "$.errorMessage.trace.function")]
    [InlineData("stageVariables.v", "StageVariable", "v")]
    [InlineData("context.requestId", "Context", "requestId")]
    [InlineData("'*'", "Static", "*")]
    public void TryParseResponse_KnownSource_IsParsed(string text, string kind, string name)
    {
        Assert.True(ParameterExpression.TryParseResponse(text, out var expression));

        Assert.Equal((Enum.Parse<ParameterKind>(kind), name), (expression.Kind, expression.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("'")]
    [InlineData("text")]
    [InlineData("method.request.header.")]
    [InlineData("method.request.cookie.a")]
    [InlineData("method.request.bodya")]
    [InlineData("method.request.body.")]
    [InlineData("method.request.body.a[")]
    [InlineData("integration.response.header.X")]
    [InlineData("Method.Request.Header.X")]
    [InlineData("stageVariables.")]
    public void TryParseRequest_OtherText_IsRefused(string text)
    {
        Assert.False(ParameterExpression.TryParseRequest(text, out _));
    }

    [Theory]
    [InlineData("method.request.header.X")]
    [InlineData("integration.response.path.x")]
    [InlineData("integration.response.querystring.x")]
    public void TryParseResponse_SourceOfTheRequest_IsRefused(string text)
    {
        Assert.False(ParameterExpression.TryParseResponse(text, out _));
    }
}
