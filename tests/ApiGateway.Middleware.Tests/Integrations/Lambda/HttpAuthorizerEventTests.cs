using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Lambda;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

/// <summary>Events that authorizers of HTTP APIs get: rules L-3 and L-4.</summary>
public sealed class HttpAuthorizerEventTests
{
    private const string Arn = "arn:aws:execute-api:us-east-1:123456789012:api/dev/POST/pets/a b";

    [Fact]
    public void WriteAuthorizer_Format2_IsTheRequestWithoutBody()
    {
        var context = Request();

        var text = Format2(context, "a", "b,c");

        AssertJson(
            $$$"""
            {"type":"REQUEST","routeArn":"{{{Arn}}}","identitySource":["a","b,c"],
            "version":"2.0","routeKey":"POST /pets/{petId}","rawPath":"/dev/pets/a b","rawQueryString":"a=1&a=2","cookies":["session=abc"],
            "headers":{"x-amzn-trace-id":"Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6","x-forwarded-for":"127.0.0.1","x-forwarded-port":"8080","x-forwarded-proto":"http","content-length":"7","host":"api.example.com:8080","x-key":"a,b"},
            "queryStringParameters":{"a":"1,2"},
            "requestContext":{"accountId":"123456789012","apiId":"api","domainName":"api.example.com","domainPrefix":"api","http":{"method":"POST","path":"/dev/pets/a b","protocol":"HTTP/1.1","sourceIp":"127.0.0.1","userAgent":""},"requestId":"{{{context.ExtendedRequestId}}}","routeKey":"POST /pets/{petId}","stage":"dev","time":"{{{Time(context)}}}","timeEpoch":{{{context.ReceivedAt.ToUnixTimeMilliseconds()}}}},
            "pathParameters":{"petId":"a b"},"stageVariables":{"v":"1"}}
            """,
            text);
    }

    [Fact]
    public void WriteAuthorizer_Format2NothingOptional_LeavesItOut()
    {
        using var json = JsonDocument.Parse(Format2(TestCall.Request(TestCall.Api("GET /x"), "/dev/x")));

        foreach (var name in (string[])["identitySource", "cookies", "queryStringParameters", "body", "isBase64Encoded", "pathParameters", "stageVariables"])
        {
            Assert.False(json.RootElement.TryGetProperty(name, out _), name);
        }
    }

    [Fact]
    public void Write_Format1_HasLastValuesAndTheJoinedIdentity()
    {
        var context = Request();

        var text = Format1(context, "a", "b\"c");

        AssertJson(
            $$$"""
            {"version":"1.0","type":"REQUEST","methodArn":"{{{Arn}}}","identitySource":"a,b\"c","authorizationToken":"a,b\"c",
            "resource":"/pets/{petId}","path":"/dev/pets/a%20b","httpMethod":"POST",
            "headers":{"X-Amzn-Trace-Id":"Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6","X-Forwarded-For":"127.0.0.1","X-Forwarded-Port":"8080","X-Forwarded-Proto":"http","Host":"api.example.com:8080","Cookie":"session=abc","Content-Length":"7","X-Key":"b"},
            "queryStringParameters":{"a":"2"},"pathParameters":{"petId":"a b"},"stageVariables":{"v":"1"},
            "requestContext":{"accountId":"123456789012","apiId":"api","resourceId":"POST /pets/{petId}","resourcePath":"/pets/{petId}","stage":"dev","httpMethod":"POST","path":"/dev/pets/a%20b","requestId":"{{{context.ExtendedRequestId}}}","identity":{"apiKey":null,"sourceIp":"127.0.0.1"} } }
            """,
            text);
    }

    [Fact]
    public void Write_Format1NothingOptional_HasNullsAndAnEmptyObject()
    {
        using var json = JsonDocument.Parse(Format1(TestCall.Request(TestCall.Api("GET /x"), "/dev/x")));

        Assert.Equal("{}", json.RootElement.GetProperty("pathParameters").GetRawText());
        Assert.Equal("null", json.RootElement.GetProperty("queryStringParameters").GetRawText());
        Assert.Equal("null", json.RootElement.GetProperty("stageVariables").GetRawText());
        Assert.False(json.RootElement.TryGetProperty("identitySource", out _));
    }

    private static GatewayContext Request() => TestCall.Request(
        TestCall.Api("POST /pets/{petId}", TestCall.Uri, ("v", "1")), "/dev/pets/a%20b?a=1&a=2", "POST",
        ("Cookie", "session=abc"), ("x-KEY", "a"), ("x-KEY", "b"), ("Content-Length", "7"),
        ("X-Amzn-Trace-Id", "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"));

    private static string Time(GatewayContext context) =>
        context.ReceivedAt.ToString("dd/MMM/yyyy:HH:mm:ss +0000", System.Globalization.CultureInfo.InvariantCulture);

    private static string Format2(GatewayContext context, params string[] identity)
    {
        using var call = new LambdaCall();
        HttpEventWriter.WriteAuthorizer(
            context, LambdaEventCompiler.CompileHttp(context.Route.Key, context.Stage), Arn, identity, call, TimeProvider.System);
        return Encoding.UTF8.GetString(call.Event.WrittenSpan);
    }

    private static string Format1(GatewayContext context, params string[] identity)
    {
        using var call = new LambdaCall();
        var plan = LambdaEventCompiler.CompileHttpAuthorizer(context.Route.Key, context.Route.ResourcePath, context.Stage);
        HttpAuthorizerEvent.Write(context, plan, Arn, identity, call, TimeProvider.System);
        return Encoding.UTF8.GetString(call.Event.WrittenSpan);
    }

    private static void AssertJson(string expected, string actual)
    {
        using var one = JsonDocument.Parse(expected);
        using var other = JsonDocument.Parse(actual);
        Assert.True(JsonElement.DeepEquals(one.RootElement, other.RootElement), actual);
    }
}
