using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

public sealed class HttpEventWriterTests
{
    [Fact]
    public void Write_Post_IsFormat2ToTheByte()
    {
        var context = TestCall.Request(
            TestCall.Api("POST /pets/{petId}", TestCall.Uri, ("v", "1")), "/dev/pets/a%20b?a=1&a=2&b=x%20y", "POST",
            ("User-Agent", "agent"), ("Cookie", "session=abc; theme=dark;"), ("Content-Type", "application/json"), ("X-A", "1"), ("X-A", "2"),
            ("X-Amzn-Trace-Id", "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"));

        var text = Event(context, "{\"a\":1}"u8.ToArray());

        var time = context.ReceivedAt.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        Assert.Equal(
            $$$"""
            {"version":"2.0","routeKey":"POST /pets/{petId}","rawPath":"/dev/pets/a b","rawQueryString":"a=1&a=2&b=x%20y","cookies":["session=abc","theme=dark"],
            "headers":{"x-amzn-trace-id":"Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6","x-forwarded-for":"127.0.0.1","x-forwarded-port":"8080","x-forwarded-proto":"http","content-length":"7","host":"api.example.com:8080","user-agent":"agent","content-type":"application/json","x-a":"1,2"},
            "queryStringParameters":{"a":"1,2","b":"x y"},
            "requestContext":{"accountId":"123456789012","apiId":"api","domainName":"api.example.com","domainPrefix":"api","http":{"method":"POST","path":"/dev/pets/a b","protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":"agent"},"requestId":"{{{context.ExtendedRequestId}}}","routeKey":"POST /pets/{petId}","stage":"dev","time":"{{{time}}}","timeEpoch":{{{context.ReceivedAt.ToUnixTimeMilliseconds()}}}},
            "body":"{\"a\":1}","isBase64Encoded":false,"pathParameters":{"petId":"a b"},"stageVariables":{"v":"1"}}
            """.ReplaceLineEndings(""),
            text);
    }

    [Fact]
    public void Write_NothingOptional_LeavesItOut()
    {
        using var json = JsonDocument.Parse(Event(TestCall.Request(TestCall.Api("GET /x"), "/dev/x"), []));

        var root = json.RootElement;
        Assert.Equal("", root.GetProperty("rawQueryString").GetString());
        Assert.Equal("0", root.GetProperty("headers").GetProperty("content-length").GetString());
        foreach (var name in (string[])["cookies", "queryStringParameters", "body", "pathParameters", "stageVariables"])
        {
            Assert.False(root.TryGetProperty(name, out _), name);
        }
    }

    [Theory]
    [InlineData("text/csv; charset=utf-8", false)]
    [InlineData("application/json", false)]
    [InlineData("application/xml", false)]
    [InlineData("application/javascript", false)]
    [InlineData("application/x-www-form-urlencoded", true)]
    [InlineData(null, true)]
    public void Write_Body_IsTextForTheKnownTypesOnly(string? type, bool isBase64)
    {
        var context = TestCall.Request(TestCall.Api("POST /x"), "/dev/x", "POST");
        context.Http.Request.Headers.ContentType = type;

        using var json = JsonDocument.Parse(Event(context, "x"u8.ToArray()));

        Assert.Equal(isBase64, json.RootElement.GetProperty("isBase64Encoded").GetBoolean());
        Assert.Equal(isBase64 ? "eA==" : "x", json.RootElement.GetProperty("body").GetString());
    }

    private static string Event(GatewayContext context, byte[] body)
    {
        using var call = new LambdaCall();
        context.Body.Replace(context.Http, body);
        HttpEventWriter.Write(context, LambdaEventCompiler.CompileHttp(context.Route.Key, context.Stage), call, TimeProvider.System);
        return Encoding.UTF8.GetString(call.Event.WrittenSpan);
    }
}
