using System.Globalization;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

/// <summary>Events of format 1.0 as HTTP APIs have them: rules E-20 to E-25.</summary>
public sealed class HttpFormat1EventWriterTests
{
    [Fact]
    public void Write_Get_IsFormat1ToTheByte()
    {
        var context = TestCall.Request(
            TestCall.Api("GET /pets/{petId}"), "/dev/pets/a%20b?tag=first&tag=last&x", "GET",
            ("user-agent", "agent"), ("x-cUSTOM-header", "1"), ("X-Custom-Header", "2"), ("X-Amzn-Trace-Id", "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"));

        var text = Event(context, []);

        var time = context.ReceivedAt.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        Assert.Equal(
            $$$"""
            {"version":"1.0","resource":"/pets/{petId}","path":"/dev/pets/a%20b","httpMethod":"GET",
            "headers":{"Host":"api.example.com:8080","User-Agent":"agent","X-Custom-Header":"2","Content-Length":"0","X-Amzn-Trace-Id":"Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6","X-Forwarded-For":"127.0.0.1","X-Forwarded-Port":"8080","X-Forwarded-Proto":"http"},
            "multiValueHeaders":{"Host":["api.example.com:8080"],"User-Agent":["agent"],"X-Custom-Header":["1","2"],"Content-Length":["0"],"X-Amzn-Trace-Id":["Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"],"X-Forwarded-For":["127.0.0.1"],"X-Forwarded-Port":["8080"],"X-Forwarded-Proto":["http"]},
            "queryStringParameters":{"tag":"last","x":""},"multiValueQueryStringParameters":{"tag":["first","last"],"x":[""]},
            "requestContext":{"accountId":"123456789012","apiId":"api","authorizer":{"claims":null,"scopes":null},"domainName":"api.example.com","domainPrefix":"api","extendedRequestId":"{{{context.ExtendedRequestId}}}","httpMethod":"GET",
            "identity":{"accessKey":null,"accountId":null,"caller":null,"cognitoAuthenticationProvider":null,"cognitoAuthenticationType":null,"cognitoIdentityId":null,"cognitoIdentityPoolId":null,"principalOrgId":null,"sourceIp":"127.0.0.1","user":null,"userAgent":"agent","userArn":null},
            "path":"/dev/pets/a%20b","protocol":"HTTP/1.1","requestId":"{{{context.ExtendedRequestId}}}","requestTime":"{{{time}}}","requestTimeEpoch":{{{context.ReceivedAt.ToUnixTimeMilliseconds()}}},"resourceId":"GET /pets/{petId}","resourcePath":"/pets/{petId}","stage":"dev"},
            "pathParameters":{"petId":"a b"},"stageVariables":null,"body":null,"isBase64Encoded":false}
            """.ReplaceLineEndings(""),
            text);
    }

    // E-20.
    [Fact]
    public void Write_NothingOptional_IsNull()
    {
        using var json = JsonDocument.Parse(Event(TestCall.Request(TestCall.Api("GET /x"), "/dev/x"), []));

        foreach (var name in (string[])["queryStringParameters", "multiValueQueryStringParameters", "pathParameters", "stageVariables", "body"])
        {
            Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(name).ValueKind);
        }
    }

    // E-25 and E-8.
    [Theory]
    [InlineData("application/json", "x", false)]
    [InlineData("application/x-www-form-urlencoded", "eA==", true)]
    public void Write_Body_IsTextForTheKnownTypesOnly(string type, string body, bool isBase64)
    {
        var context = TestCall.Request(TestCall.Api("POST /x"), "/dev/x", "POST");
        context.Http.Request.Headers.ContentType = type;

        using var json = JsonDocument.Parse(Event(context, "x"u8.ToArray()));

        Assert.Equal((body, isBase64), (json.RootElement.GetProperty("body").GetString(), json.RootElement.GetProperty("isBase64Encoded").GetBoolean()));
        Assert.Equal("1", json.RootElement.GetProperty("headers").GetProperty("Content-Length").GetString());
    }

    private static string Event(GatewayContext context, byte[] body)
    {
        using var call = new LambdaCall();
        context.Body.Replace(context.Http, body);
        var plan = LambdaEventCompiler.CompileHttpFormat1(context.Route.Key, context.Route.ResourcePath, context.Stage);
        HttpFormat1EventWriter.Write(context, plan, call, TimeProvider.System);
        return Encoding.UTF8.GetString(call.Event.WrittenSpan);
    }
}
