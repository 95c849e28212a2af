using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Functions behind HTTP APIs: what they get, and what clients get of their answers, to the byte.</summary>
public sealed class FunctionTests
{
    private const string Failure =
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 35\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n{\"message\":\"Internal Server Error\"}";

    [Fact]
    public async Task Format2_Post_IsTheDocumentedEvent()
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await HttpApiSetup.StartFunctionAsync("{}", route: "POST /pets/{petId}", stage: "dev", events: events);

        using var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/pets/6?a=1&a=2&b=x%20y");
        request.Content = new StringContent("{\"a\":1}", Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", "agent");
        request.Headers.TryAddWithoutValidation("Cookie", "session=abc; theme=dark");
        request.Headers.TryAddWithoutValidation("Accept", ["text/html", "application/json"]);
        request.Headers.TryAddWithoutValidation("X-Amzn-Trace-Id", "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6");
        using var response = await host.Client.SendAsync(request);

        var json = JsonNode.Parse(Assert.Single(events))!;
        var context = json["requestContext"]!;
        var id = response.Headers.GetValues("apigw-requestid").Single();
        Assert.Equal(id, (string?)context["requestId"]);
        var expected = JsonNode.Parse(
            $$"""
            {
              "version": "2.0", "routeKey": "POST /pets/{petId}", "rawPath": "/dev/pets/6", "rawQueryString": "a=1&a=2&b=x%20y",
              "cookies": ["session=abc", "theme=dark"],
              "headers": { "content-type": "application/json", "content-length": "7", "host": "127.0.0.1:{{host.Port}}", "user-agent": "agent",
                "x-amzn-trace-id": "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6", "x-forwarded-for": "127.0.0.1",
                "x-forwarded-port": "{{host.Port}}", "x-forwarded-proto": "http", "accept": "text/html, application/json" },
              "queryStringParameters": { "a": "1,2", "b": "x y" },
              "requestContext": {
                "accountId": "123456789012", "apiId": "api", "domainName": "127.0.0.1", "domainPrefix": "127",
                "http": { "method": "POST", "path": "/dev/pets/6", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "agent" },
                "requestId": "{{id}}", "routeKey": "POST /pets/{petId}", "stage": "dev",
                "time": "{{(string?)context["time"]}}", "timeEpoch": {{(long)context["timeEpoch"]!}}
              },
              "body": "{\"a\":1}", "pathParameters": { "petId": "6" }, "isBase64Encoded": false, "stageVariables": { "v": "1" }
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, json), json.ToJsonString());
        Assert.Matches("^[0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}:[0-9]{2}:[0-9]{2}:[0-9]{2} \\+0000$", (string?)context["time"]);
    }

    [Fact]
    public async Task Format1_Get_IsTheDocumentedEvent()
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await HttpApiSetup.StartFunctionAsync("""{"statusCode":200}""", "1.0", "GET /pets/{petId}", "dev", events);

        using var response = await host.SendAsync(
            HttpMethod.Get, "/dev/pets/6?tag=first&tag=last", ("User-Agent", "agent"), ("X-Amzn-Trace-Id", "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"));

        var json = JsonNode.Parse(Assert.Single(events))!;
        var context = json["requestContext"]!;
        var id = response.Headers.GetValues("apigw-requestid").Single();
        var expected = JsonNode.Parse(
            $$"""
            {
              "version": "1.0", "resource": "/pets/{petId}", "path": "/dev/pets/6", "httpMethod": "GET",
              "headers": { "Content-Length": "0", "Host": "127.0.0.1:{{host.Port}}", "User-Agent": "agent", "X-Forwarded-For": "127.0.0.1",
                "X-Forwarded-Port": "{{host.Port}}", "X-Forwarded-Proto": "http", "X-Amzn-Trace-Id": "Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6" },
              "multiValueHeaders": { "Content-Length": ["0"], "Host": ["127.0.0.1:{{host.Port}}"], "User-Agent": ["agent"], "X-Forwarded-For": ["127.0.0.1"],
                "X-Forwarded-Port": ["{{host.Port}}"], "X-Forwarded-Proto": ["http"], "X-Amzn-Trace-Id": ["Root=1-67fd88a4-127eb8e773d2bb6f7df47ab6"] },
              "queryStringParameters": { "tag": "last" }, "multiValueQueryStringParameters": { "tag": ["first", "last"] },
              "requestContext": {
                "accountId": "123456789012", "apiId": "api", "authorizer": { "claims": null, "scopes": null },
                "domainName": "127.0.0.1", "domainPrefix": "127", "extendedRequestId": "{{id}}", "httpMethod": "GET",
                "identity": { "accessKey": null, "accountId": null, "caller": null, "cognitoAuthenticationProvider": null,
                  "cognitoAuthenticationType": null, "cognitoIdentityId": null, "cognitoIdentityPoolId": null, "principalOrgId": null,
                  "sourceIp": "127.0.0.1", "user": null, "userAgent": "agent", "userArn": null },
                "path": "/dev/pets/6", "protocol": "HTTP/1.1", "requestId": "{{id}}",
                "requestTime": "{{(string?)context["requestTime"]}}", "requestTimeEpoch": {{(long)context["requestTimeEpoch"]!}},
                "resourceId": "GET /pets/{petId}", "resourcePath": "/pets/{petId}", "stage": "dev"
              },
              "pathParameters": { "petId": "6" }, "stageVariables": { "v": "1" }, "body": null, "isBase64Encoded": false
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, json), json.ToJsonString());
    }

    // Vector 3; and E-22 for format 1.0.
    [Theory]
    [InlineData("2.0", "rawPath", "/a b/c/d")]
    [InlineData("1.0", "path", "/a%20b/c%2Fd")]
    public async Task Path_Encoded_IsSplitBeforeItIsDecoded(string version, string member, string path)
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await HttpApiSetup.StartFunctionAsync("{}", version, "GET /{p}/{q}", events: events);

        using var response = await host.GetAsync("/a%20b/c%2Fd");

        using var json = JsonDocument.Parse(Assert.Single(events));
        Assert.Equal(path, json.RootElement.GetProperty(member).GetString());
        Assert.Equal("""{"p":"a b","q":"c/d"}""", json.RootElement.GetProperty("pathParameters").GetRawText());
    }

    // E-2 and E-9: without a stage in the path, the trailing slash kept, no path parameters.
    [Fact]
    public async Task Format2_DefaultRouteAndStage_HasThePathAsItIs()
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await HttpApiSetup.StartFunctionAsync("{}", events: events);

        using var response = await host.SendAsync(new HttpMethod("PROPFIND"), "/a/");

        using var json = JsonDocument.Parse(Assert.Single(events));
        Assert.Equal(("/a/", "$default"), (json.RootElement.GetProperty("rawPath").GetString(), json.RootElement.GetProperty("routeKey").GetString()));
        Assert.Equal("PROPFIND", json.RootElement.GetProperty("requestContext").GetProperty("http").GetProperty("method").GetString());
        Assert.False(json.RootElement.TryGetProperty("pathParameters", out _));
    }

    // Vector 4, F-1 to F-9.
    [Theory]
    [InlineData("\"hi\"", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\nhi")]
    [InlineData("""{"statusCode":201,"body":"x"}""", "HTTP/1.1 201 Created\r\nContent-Length: 1\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\napigw-requestid: *\r\n\r\nx")]
    [InlineData("""{"statusCode":200.5}""", Failure)]
    [InlineData("""{"statusCode":0}""", Failure)]
    [InlineData("""{"statusCode":200,"body":{}}""", Failure)]
    [InlineData("""{"statusCode":200,"body":"*","isBase64Encoded":true}""", Failure)]
    [InlineData("[1, 2]", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n[1, 2]")]
    [InlineData("", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n")]
    [InlineData(
        """{"statusCode":200,"headers":{"Content-Type":"text/html","set-cookie":"a=1","X-N":1.50,"X-B":true,"X-Null":null,"Connection":"x","Content-Length":"99","Transfer-Encoding":"chunked","Keep-Alive":"5","Date":"never","Upgrade":"h2c"},"cookies":["b=2","c=3"],"body":"w6Q=","isBase64Encoded":true}""",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\nContent-Type: text/html\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nSet-Cookie: c=3\r\napigw-requestid: *\r\nX-N: 1.50\r\nX-B: true\r\n\r\n\u00c3\u00a4")]
    public async Task Format2_Answer_IsReadToTheByte(string payload, string expected)
    {
        await using var host = await HttpApiSetup.StartFunctionAsync(payload);

        Assert.Equal(expected, await host.RawAsync("GET / HTTP/1.1"));
    }

    // Vector 5, F-20 and F-21.
    [Theory]
    [InlineData("\"hi\"", Failure)]
    [InlineData("""{"body":"x"}""", Failure)]
    [InlineData(
        """{"statusCode":201,"multiValueHeaders":{"x-h":["multi1","multi2"],"content-type":["text/css","text/html"]},"headers":{"X-H":"single"},"cookies":["a=1"],"body":"x"}""",
        "HTTP/1.1 201 Created\r\nContent-Length: 1\r\nConnection: close\r\nContent-Type: text/css\r\napigw-requestid: *\r\nX-H: single\r\nX-H: multi1\r\nX-H: multi2\r\n\r\nx")]
    [InlineData(
        """{"statusCode":200,"multiValueHeaders":{"content-type":["text/css"]},"headers":{"content-type":"text/html"},"body":"x"}""",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\nContent-Type: text/html\r\napigw-requestid: *\r\n\r\nx")]
    [InlineData("""{"statusCode":200,"body":"x"}""", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\napigw-requestid: *\r\n\r\nx")]
    public async Task Format1_Answer_IsReadToTheByte(string payload, string expected)
    {
        await using var host = await HttpApiSetup.StartFunctionAsync(payload, "1.0");

        Assert.Equal(expected, await host.RawAsync("GET / HTTP/1.1"));
    }

    // Vector 6.
    [Theory]
    [InlineData("2.0")]
    [InlineData("1.0")]
    public async Task Body_OfAForm_IsBase64(string version)
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await HttpApiSetup.StartFunctionAsync("{}", version, events: events);

        using var response = await host.Client.PostAsync("/", new FormUrlEncodedContent([new("a", "1")]));

        using var json = JsonDocument.Parse(Assert.Single(events));
        Assert.Equal(("YT0x", true), (json.RootElement.GetProperty("body").GetString(), json.RootElement.GetProperty("isBase64Encoded").GetBoolean()));
    }

    // F-1.
    [Theory]
    [InlineData("1.0")]
    [InlineData("2.0")]
    public async Task Function_Throws_500(string version)
    {
        await using var host = await HttpApiSetup.StartFunctionAsync(static (_, _, _, _) => throw new InvalidOperationException("broken"), version);

        Assert.Equal(Failure, await host.RawAsync("GET / HTTP/1.1"));
    }

    // Vector 12, I-3.
    [Fact]
    public async Task Function_TakesTooLong_503()
    {
        var never = new TaskCompletionSource();
        await using var host = await HttpApiSetup.StartFunctionAsync(
            async (_, _, _, _) => await never.Task, configure: static integration => integration.TimeoutInMillis = 100);

        Assert.Equal(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 33\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Service Unavailable\"}",
            await host.RawAsync("GET / HTTP/1.1"));
        never.SetResult();
    }

    // F-10: only where the function is behind the Lambda API.
    [Fact]
    public async Task Function_EventOver6MegabytesForARemoteOne_413()
    {
        await using var lambda = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(
            $$"""
            { "Lambda": { "Endpoint": "{{lambda.Url}}" }, "Apis": { "api": { "ProtocolType": "HTTP", "Stages": { "$default": {} }, "Routes": {
              "$default": { "Integration": { "Type": "AWS_PROXY", "Uri": "orders" } } } } } }
            """);

        using var response = await host.Client.PostAsync("/", new ByteArrayContent(new byte[5 * 1024 * 1024]));

        Assert.Equal(
            (HttpStatusCode.RequestEntityTooLarge, """{"message":"Request Entity Too Large"}"""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(0, lambda.Count);
    }

    // T-7.
    [Fact]
    public async Task Function_StageVariableMissing_500()
    {
        await using var host = await HttpApiSetup.StartFunctionAsync("{}", configure: static integration => integration.Uri = "orders${stageVariables.none}");

        Assert.Equal(Failure, await host.RawAsync("GET / HTTP/1.1"));
    }

    // T-6.
    [Fact]
    public async Task Function_NamedByAStageVariable_IsCalled()
    {
        await using var host = await HttpApiSetup.StartFunctionAsync("\"hi\"", configure: static integration => integration.Uri = "orders:v${stageVariables.v}");

        Assert.Equal("hi", await host.GetTextAsync("/"));
    }

    // M-10: by the function's status; never on what the gateway answers itself.
    [Theory]
    [InlineData("""{"statusCode":404,"headers":{"x-old":"a"},"body":"{\"id\":7}"}""", "HTTP/1.1 403 Forbidden\r\nContent-Length: 8\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\napigw-requestid: *\r\nx-new: a/7\r\n\r\n{\"id\":7}")]
    [InlineData("""{"statusCode":500,"body":"x"}""", "HTTP/1.1 204 No Content\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\napigw-requestid: *\r\n\r\n")]
    [InlineData("""{"statusCode":201,"body":"x"}""", "HTTP/1.1 201 Created\r\nContent-Length: 1\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\napigw-requestid: *\r\n\r\nx")]
    [InlineData("""{"statusCode":0}""", Failure)]
    public async Task Answer_WithResponseMapping_IsMappedByItsStatus(string payload, string expected)
    {
        await using var host = await HttpApiSetup.StartFunctionAsync(payload, configure: static integration =>
        {
            integration.ResponseParameters["404"] = new Dictionary<string, string>
            {
                ["append:header.x-new"] = "${response.header.x-old}/${response.body.id}",
                ["remove:header.x-old"] = "''",
                ["overwrite:statuscode"] = "403",
            };
            integration.ResponseParameters["500"] = new Dictionary<string, string> { ["overwrite:statuscode"] = "204" };
        });

        Assert.Equal(expected, await host.RawAsync("GET / HTTP/1.1"));
    }

    // Request mappings reach events as well.
    [Fact]
    public async Task Event_WithRequestMapping_HasTheMappedRequest()
    {
        var events = new ConcurrentQueue<string>();
        await using var host = await HttpApiSetup.StartFunctionAsync("{}", events: events, configure: static integration =>
        {
            integration.RequestParameters["overwrite:header.X-User"] = "$request.querystring.user";
            integration.RequestParameters["remove:header.x-secret"] = "''";
            integration.RequestParameters["remove:querystring.user"] = "''";
            integration.RequestParameters["overwrite:path"] = "/v2$request.path";
        });

        using var response = await host.SendAsync(HttpMethod.Get, "/a?user=me&x=1", ("x-user", "forged"), ("x-secret", "s"));

        using var json = JsonDocument.Parse(Assert.Single(events));
        var headers = json.RootElement.GetProperty("headers");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("me", headers.GetProperty("x-user").GetString());
        Assert.False(headers.TryGetProperty("x-secret", out _));
        Assert.Equal(("/v2$request.path", "x=1"), (json.RootElement.GetProperty("rawPath").GetString(), json.RootElement.GetProperty("rawQueryString").GetString()));
        Assert.Equal("""{"x":"1"}""", json.RootElement.GetProperty("queryStringParameters").GetRawText());
        Assert.Equal("/a", json.RootElement.GetProperty("requestContext").GetProperty("http").GetProperty("path").GetString());
    }
}
