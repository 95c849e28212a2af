using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Integrations.Lambda;

public sealed class RestEventWriterTests
{
    [Fact]
    public void Write_PlainGet_IsTheRecordedEventToTheByte()
    {
        var context = TestCall.Request(TestCall.Api("ANY /{proxy+}"), "/dev/proxy-value", "GET", ("Accept", "*/*"), ("User-Agent", "agent"));

        var text = TestCall.Event(context);

        var time = context.ReceivedAt.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        Assert.Equal(
            $$"""
            {"resource":"/{proxy+}","path":"/proxy-value","httpMethod":"GET",
            "headers":{"Host":"api.example.com:8080","Accept":"*/*","User-Agent":"agent","X-Amzn-Trace-Id":"{{context.TraceId}}","X-Forwarded-For":"127.0.0.1","X-Forwarded-Port":"8080","X-Forwarded-Proto":"http"},
            "multiValueHeaders":{"Host":["api.example.com:8080"],"Accept":["*/*"],"User-Agent":["agent"],"X-Amzn-Trace-Id":["{{context.TraceId}}"],"X-Forwarded-For":["127.0.0.1"],"X-Forwarded-Port":["8080"],"X-Forwarded-Proto":["http"]},
            "queryStringParameters":null,"multiValueQueryStringParameters":null,"pathParameters":{"proxy":"proxy-value"},"stageVariables":null,
            "requestContext":{"resourceId":"{{context.Route.ResourceId}}","resourcePath":"/{proxy+}","httpMethod":"GET","extendedRequestId":"{{context.ExtendedRequestId}}","requestTime":"{{time}}","path":"/dev/proxy-value","accountId":"123456789012","protocol":"HTTP/1.1","stage":"dev","domainPrefix":"api","requestTimeEpoch":{{context.ReceivedAt.ToUnixTimeMilliseconds()}},"requestId":"{{context.RequestId}}",
            "identity":{"cognitoIdentityPoolId":null,"accountId":null,"cognitoIdentityId":null,"caller":null,"sourceIp":"127.0.0.1","principalOrgId":null,"accessKey":null,"cognitoAuthenticationType":null,"cognitoAuthenticationProvider":null,"userArn":null,"userAgent":"agent","user":null},
            "domainName":"api.example.com","deploymentId":"{{context.Api.DeploymentId}}","apiId":"api"},"body":null,"isBase64Encoded":false}
            """.ReplaceLineEndings(""),
            text);
    }

    [Fact]
    public void Write_MethodWithApiKey_HasKeyAndItsId()
    {
        var context = TestCall.Request(TestCall.Api("GET /x"), "/dev/x");
        (context.ApiKey, context.ApiKeyGrant) = ("a \"secret\"", new ApiKeyGrant(new UsageAccount("gold", "partner", null), null, null));

        using var json = JsonDocument.Parse(TestCall.Event(context));

        var identity = json.RootElement.GetProperty("requestContext").GetProperty("identity");
        Assert.Equal("a \"secret\"", identity.GetProperty("apiKey").GetString());
        Assert.Equal("partner", identity.GetProperty("apiKeyId").GetString());
        Assert.Equal("127.0.0.1", identity.GetProperty("sourceIp").GetString());
    }

    // Recorded with the resource '/{proxy+}'.
    [Theory]
    [InlineData("/dev/proxy-value", "/proxy-value", "proxy-value", "/dev/proxy-value")]
    [InlineData("/dev/proxy-value/", "/proxy-value/", "proxy-value", "/dev/proxy-value/")]
    [InlineData("/dev/proxy-value//double-slash", "/proxy-value//double-slash", "proxy-value//double-slash", "/dev/proxy-value//double-slash")]
    [InlineData("//dev/proxy-value", "/proxy-value", "proxy-value", "/dev/proxy-value")]
    [InlineData("/dev//proxy-value", "/proxy-value", "proxy-value", "/dev//proxy-value")]
    [InlineData("/dev/user/test%2Balias@gmail.com/plus/test+alias@gmail.com", "/user/test%2Balias@gmail.com/plus/test+alias@gmail.com",
        "user/test%2Balias@gmail.com/plus/test+alias@gmail.com", "/dev/user/test%2Balias@gmail.com/plus/test+alias@gmail.com")]
    public void Write_OddPath_IsAsRecorded(string target, string path, string proxy, string contextPath)
    {
        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(TestCall.Api("ANY /{proxy+}"), target)));

        Assert.Equal(path, json.RootElement.GetProperty("path").GetString());
        Assert.Equal(proxy, json.RootElement.GetProperty("pathParameters").GetProperty("proxy").GetString());
        Assert.Equal(contextPath, json.RootElement.GetProperty("requestContext").GetProperty("path").GetString());
    }

    [Fact]
    public void Write_StaticResourceBehindTwoSlashes_HasNoPathParameters()
    {
        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(TestCall.Api("GET /hardcoded"), "/dev//hardcoded")));

        Assert.Equal("/hardcoded", json.RootElement.GetProperty("path").GetString());
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("pathParameters").ValueKind);
        Assert.Equal("/dev//hardcoded", json.RootElement.GetProperty("requestContext").GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("?a=1&a=2&b=x+y", """{"a":"2","b":"x y"}""", """{"a":["1","2"],"b":["x y"]}""")]
    [InlineData("?a=%2B&flag&A=1", """{"a":"+","flag":"","A":"1"}""", """{"a":["+"],"flag":[""],"A":["1"]}""")]
    [InlineData("?q=%C3%A4%22&bad=%ff%", """{"q":"ä\"","bad":"�%"}""", """{"q":["ä\""],"bad":["�%"]}""")]
    [InlineData("?a%3D=b%26", """{"a=":"b&"}""", """{"a=":["b&"]}""")]
    [InlineData("?", "null", "null")]
    [InlineData("?&&", "null", "null")]
    [InlineData("?a=1&b=1&c=1&d=1&e=1&f=1&g=1&h=1&i=1&a=2&i=2&a=3",
        """{"a":"3","b":"1","c":"1","d":"1","e":"1","f":"1","g":"1","h":"1","i":"2"}""",
        """{"a":["1","2","3"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"],"g":["1"],"h":["1"],"i":["1","2"]}""")]
    public void Write_Query_HasLastAndAllValuesDecoded(string query, string single, string multi)
    {
        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(TestCall.Api("GET /x"), "/dev/x" + query)));

        Assert.Equal(single, json.RootElement.GetProperty("queryStringParameters").GetRawText());
        Assert.Equal(multi, json.RootElement.GetProperty("multiValueQueryStringParameters").GetRawText());
    }

    [Theory]
    [InlineData("Accept", true)]
    [InlineData("Accept-Encoding", true)]
    [InlineData("Authorization", true)]
    [InlineData("Content-Encoding", true)]
    [InlineData("Via", true)]
    [InlineData("Range", true)]
    [InlineData("tEsT-HEADeR", true)]
    [InlineData("Connection", false)]
    [InlineData("Content-MD5", false)]
    [InlineData("Content-Length", false)]
    [InlineData("Expect", false)]
    [InlineData("Max-Forwards", false)]
    [InlineData("Proxy-Authenticate", false)]
    [InlineData("Server", false)]
    [InlineData("TE", false)]
    [InlineData("Trailer", false)]
    [InlineData("Transfer-Encoding", false)]
    [InlineData("Upgrade", false)]
    [InlineData("WWW-Authenticate", false)]
    [InlineData("X-Amzn-Apigateway-Api-Id", false)]
    public void Write_Header_ReachesTheFunctionAsRecorded(string name, bool isThere)
    {
        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(TestCall.Api("GET /x"), "/dev/x", "GET", (name, "7"))));

        Assert.Equal(isThere, json.RootElement.GetProperty("headers").TryGetProperty(name, out _));
        Assert.Equal(isThere, json.RootElement.GetProperty("multiValueHeaders").TryGetProperty(name, out _));
    }

    [Fact]
    public void Write_RepeatedHeader_HasItsLastValueAndAll()
    {
        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(
            TestCall.Api("GET /x"), "/dev/x", "GET", ("X-A", "one"), ("X-A", "two \"quoted\""))));

        Assert.Equal("two \"quoted\"", json.RootElement.GetProperty("headers").GetProperty("X-A").GetString());
        Assert.Equal("""["one","two \"quoted\""]""", json.RootElement.GetProperty("multiValueHeaders").GetProperty("X-A").GetRawText());
    }

    [Fact]
    public void Write_ForwardedForOfTheClient_GetsThePeerBehindIt()
    {
        var context = TestCall.Request(
            TestCall.Api("GET /x"), "/dev/x", "GET", ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "gopher"));

        using var json = JsonDocument.Parse(TestCall.Event(context));

        var headers = json.RootElement.GetProperty("headers");
        Assert.Equal("192.0.2.7, 127.0.0.1", headers.GetProperty("X-Forwarded-For").GetString());
        Assert.Equal("http", headers.GetProperty("X-Forwarded-Proto").GetString());
        Assert.Equal(IPAddress.Loopback, context.SourceIp);
    }

    [Theory]
    [InlineData("application/json", "text", false)]
    [InlineData("image/png", "dGV4dA==", true)]
    [InlineData("image/png; a=b", "dGV4dA==", true)]
    [InlineData("video/mp4", "dGV4dA==", true)]
    [InlineData("audio/test", "text", false)]
    [InlineData(null, "text", false)]
    public void Write_Body_IsBase64WhereItsTypeIsBinary(string? type, string body, bool isBase64)
    {
        var api = TestCall.Api("POST /x");
        api.BinaryMediaTypes.Add("image/png");
        api.BinaryMediaTypes.Add("video/*");
        api.BinaryMediaTypes.Add("*/test");
        var context = TestCall.Request(api, "/dev/x", "POST");
        context.Http.Request.Headers.ContentType = type;

        using var json = JsonDocument.Parse(TestCall.Event(context, "text"u8.ToArray()));

        Assert.Equal(body, json.RootElement.GetProperty("body").GetString());
        Assert.Equal(isBase64, json.RootElement.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Fact]
    public void Write_EveryTypeIsBinary_AlsoWithoutType()
    {
        var api = TestCall.Api("POST /x");
        api.BinaryMediaTypes.Add("*/*");

        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(api, "/dev/x", "POST"), "text"u8.ToArray()));

        Assert.True(json.RootElement.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Fact]
    public void Write_BodyThatIsNoUtf8_GetsReplacementCharacters()
    {
        byte[] body = [(byte)'a', 0xFF, (byte)'"', 0, .. Encoding.UTF8.GetBytes(new string('ä', 3000)), 0xC3];

        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(TestCall.Api("POST /x"), "/dev/x", "POST"), body));

        Assert.Equal($"a\uFFFD\"\0{new string('ä', 3000)}\uFFFD", json.RootElement.GetProperty("body").GetString());
        Assert.False(json.RootElement.GetProperty("isBase64Encoded").GetBoolean());
    }

    [Fact]
    public void Write_StageVariablesAndOperation_AreThere()
    {
        var api = TestCall.Api("GET /x", TestCall.Uri, ("a", "1"), ("b", "x"));
        api.Methods[0].OperationName = "getX";

        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(api, "/dev/x")));

        Assert.Equal("""{"a":"1","b":"x"}""", json.RootElement.GetProperty("stageVariables").GetRawText());
        Assert.Equal("getX", json.RootElement.GetProperty("requestContext").GetProperty("operationName").GetString());
    }

    [Fact]
    public void Write_HugeQuery_HasEveryParameter()
    {
        var query = string.Join('&', Enumerable.Range(0, 2000).Select(static i => $"n{i}={i}"));

        using var json = JsonDocument.Parse(TestCall.Event(TestCall.Request(TestCall.Api("GET /x"), "/dev/x?" + query)));

        Assert.Equal(2000, json.RootElement.GetProperty("queryStringParameters").EnumerateObject().Count());
    }
}
