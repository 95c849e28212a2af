using System.Text;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

public sealed class ProxyAnswerReaderTests
{
    // Recorded, besides those that only try the reader's patience.
    [Theory]
    [InlineData("""{"statusCode":200}""", 200)]
    [InlineData("{}", 200)]
    [InlineData("""{"headers":{"a":"b"}}""", 200)]
    [InlineData("""{"statusCode":"201"}""", 201)]
    [InlineData("""{"statusCode":200,"headers":null}""", 200)]
    [InlineData("""{"statusCode":200,"multiValueHeaders":null,"body":null,"isBase64Encoded":null}""", 200)]
    [InlineData("""  {"statusCode" : 404 , "body":"x"}  """, 404)]
    [InlineData("""{"statusCode":500,"headers":{"a":true,"b":false}}""", 500)]
    public void TryRead_Legal_GivesTheStatus(string payload, int status)
    {
        using var call = Call(payload);

        Assert.True(ProxyAnswerReader.TryRead(call));
        Assert.Equal(status, call.Result.StatusCode);
    }

    [Theory]
    [InlineData("""{"statusCode":"test"}""")]
    [InlineData("""{"statusCode":200,"wrongValue":1}""")]
    [InlineData("\"text\"")]
    [InlineData("42")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("""{"statusCode":200""")]
    [InlineData("""{"statusCode":200}{}""")]
    [InlineData("""{"statusCode":200.5}""")]
    [InlineData("""{"statusCode":99}""")]
    [InlineData("""{"statusCode":600}""")]
    [InlineData("""{"statusCode":[]}""")]
    [InlineData("""{"headers":{"a":1}}""")]
    [InlineData("""{"headers":{"a":{}}}""")]
    [InlineData("""{"headers":["a"]}""")]
    [InlineData("""{"multiValueHeaders":{"a":"b"}}""")]
    [InlineData("""{"multiValueHeaders":{"a":[1]}}""")]
    [InlineData("""{"body":{"a":1}}""")]
    [InlineData("""{"body":"\ud800"}""")]
    [InlineData("""{"isBase64Encoded":"true"}""")]
    [InlineData("""{"cookies":["a=b"]}""")]
    [InlineData("""{"errorMessage":"x","errorType":"Error"}""")]
    public void TryRead_Illegal_IsRefused(string payload)
    {
        using var call = Call(payload);

        Assert.False(ProxyAnswerReader.TryRead(call));
    }

    [Theory]
    [InlineData("""{"body":"plain ä"}""", "plain ä")]
    [InlineData("""{"body":"a\n\"b\" \u00e4 \ud83d\ude00"}""", "a\n\"b\" ä 😀")]
    [InlineData("""{"body":""}""", "")]
    [InlineData("""{"body":"first","body":"last"}""", "last")]
    public void TryRead_Body_HasNoEscapes(string payload, string body)
    {
        using var call = Call(payload);

        Assert.True(ProxyAnswerReader.TryRead(call));
        Assert.Equal(body, Encoding.UTF8.GetString(call.Result.Body.Span));
    }

    [Fact]
    public void TryRead_Headers_AreKeptWithTheirMap()
    {
        using var call = Call("""{"headers":{"Content-Type":"text/html","b":true},"multiValueHeaders":{"X":["1","2"]}}""");

        Assert.True(ProxyAnswerReader.TryRead(call));
        Assert.Equal(
            [new("Content-Type", "text/html", false), new("b", "true", false), new("X", "1", true), new("X", "2", true)],
            call.Result.Headers);
    }

    [Fact]
    public void TryRead_BytesThatAreNoUtf8_AreRefused()
    {
        using var call = new LambdaCall();
        call.Answer.Write([.. "{\"body\":\""u8, 0xFF, .. "\"}"u8]);

        Assert.False(ProxyAnswerReader.TryRead(call));
    }

    [Fact]
    public void TryReadHead_Cookies_BecomeSetCookie()
    {
        using var call = new LambdaCall();

        Assert.True(ProxyAnswerReader.TryReadHead("""{"statusCode":201,"cookies":["a=b","c=d"]}"""u8.ToArray(), call));
        Assert.Equal([new("Set-Cookie", "a=b", true), new("Set-Cookie", "c=d", true)], call.Result.Headers);
        Assert.False(ProxyAnswerReader.TryReadHead("""{"body":"x"}"""u8.ToArray(), call));
    }

    private static LambdaCall Call(string payload)
    {
        var call = new LambdaCall();
        call.Answer.WriteText(payload);
        return call;
    }
}
