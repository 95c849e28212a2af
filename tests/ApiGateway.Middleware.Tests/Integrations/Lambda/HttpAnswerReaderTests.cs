using System.Text;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

public sealed class HttpAnswerReaderTests
{
    // Observed: what has no 'statusCode' is the body of a 200, valid JSON or not.
    [Theory]
    [InlineData("42", "42")]
    [InlineData("[1, 2]", "[1, 2]")]
    [InlineData("\"te\\\"xt\"", "te\"xt")]
    [InlineData("""{"name": "x", "age":""", """{"name": "x", "age":""")]
    [InlineData("""{"statusCode":200,"body":""", """{"statusCode":200,"body":""")]
    [InlineData("""{"message":"hi"}""", """{"message":"hi"}""")]
    [InlineData("null", "null")]
    [InlineData("", "")]
    public void TryRead_NoStatusCode_IsABody(string payload, string body)
    {
        using var call = Call(payload);

        Assert.True(HttpAnswerReader.TryRead(call, infers: true));
        Assert.Equal(200, call.Result.StatusCode);
        Assert.Equal(body, Encoding.UTF8.GetString(call.Result.Body.Span));
        Assert.Equal([new("content-type", "application/json", false)], call.Result.Headers);
    }

    [Theory]
    [InlineData("""{"statusCode":201,"body":"x"}""", 201, "x")]
    [InlineData("""{"statusCode":"404"}""", 404, "")]
    [InlineData("""{"statusCode":200,"body":"eA==","isBase64Encoded":true}""", 200, "x")]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"a":["b"]},"other":[1,{}]}""", 200, "")]
    public void TryRead_Structured_GivesItsParts(string payload, int status, string body)
    {
        using var call = Call(payload);

        Assert.True(HttpAnswerReader.TryRead(call, infers: true));
        Assert.Equal(status, call.Result.StatusCode);
        Assert.Equal(body, Encoding.UTF8.GetString(call.Result.Body.Span));
        Assert.Equal([new("content-type", "text/plain; charset=utf-8", false)], call.Result.Headers);
    }

    [Theory]
    [InlineData("""{"statusCode":0}""")]
    [InlineData("""{"statusCode":200.5}""")]
    [InlineData("""{"statusCode":"x"}""")]
    [InlineData("""{"statusCode":null}""")]
    [InlineData("""{"statusCode":600}""")]
    [InlineData("""{"statusCode":100}""")]
    [InlineData("""{"statusCode":200,"body":{}}""")]
    [InlineData("""{"statusCode":200,"body":"*","isBase64Encoded":true}""")]
    public void TryRead_BadStructure_IsRefused(string payload)
    {
        using var call = Call(payload);

        Assert.False(HttpAnswerReader.TryRead(call, infers: true));
    }

    [Fact]
    public void TryRead_HeadersAndCookies_CookiesComeLast()
    {
        using var call = Call(
            """{"cookies":["a=b"],"statusCode":200,"headers":{"Content-Type":"text/html","n":1.50,"t":true,"none":null,"set-cookie":"z=0"}}""");

        Assert.True(HttpAnswerReader.TryRead(call, infers: true));
        Assert.Equal(
            [
                new("Content-Type", "text/html", false), new("n", "1.50", false), new("t", "true", false), new("set-cookie", "z=0", false),
                new("set-cookie", "a=b", false),
            ],
            call.Result.Headers);
    }

    // F-20: nothing is inferred.
    [Theory]
    [InlineData("\"hi\"")]
    [InlineData("42")]
    [InlineData("")]
    [InlineData("""{"message":"hi"}""")]
    [InlineData("""{"body":"hi"}""")]
    [InlineData("""{"statusCode":200.5}""")]
    [InlineData("""{"statusCode":200,"body":""")]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"a":"b"}}""")]
    [InlineData("""{"statusCode":200,"body":{}}""")]
    public void TryRead_Format1WithoutStructure_IsRefused(string payload)
    {
        using var call = Call(payload);

        Assert.False(HttpAnswerReader.TryRead(call, infers: false));
    }

    // F-21.
    [Fact]
    public void TryRead_Format1_HasBothMapsAndNoCookies()
    {
        using var call = Call(
            """{"statusCode":"201","cookies":["a=b"],"other":{},"multiValueHeaders":{"h":["multi1","multi2"],"Content-Type":["text/css"]},"headers":{"h":"single"},"body":"eA==","isBase64Encoded":true}""");

        Assert.True(HttpAnswerReader.TryRead(call, infers: false));
        Assert.Equal(201, call.Result.StatusCode);
        Assert.Equal("x", Encoding.UTF8.GetString(call.Result.Body.Span));
        Assert.Equal(
            [new("h", "multi1", true), new("h", "multi2", true), new("Content-Type", "text/css", true), new("h", "single", false)], call.Result.Headers);
    }

    private static LambdaCall Call(string payload)
    {
        var call = new LambdaCall();
        call.Answer.WriteText(payload);
        return call;
    }
}
