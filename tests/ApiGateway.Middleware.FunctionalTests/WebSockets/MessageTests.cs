using System.Text.Json;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>What integrations get of messages, and what clients get of answers.</summary>
public sealed class MessageTests
{
    private const string Failure = "{\"message\": \"Internal server error\", \"connectionId\":\"";

    [Fact]
    public async Task OneWay_FunctionAnswers_NothingIsSent()
    {
        await using var api = await new ChatApi().Function("one", """{"statusCode":200,"body":"one"}""").Function("two", """{"statusCode":200,"body":"two"}""")
            .StartAsync($$""" "one": {{ChatApi.Lambda("one")}}, "two": {{ChatApi.Lambda("two", isTwoWay: true)}} """);
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync("""{"action":"one"}""");
        await api.NextEventAsync();

        Assert.Equal("two", await socket.AskAsync("""{"action":"two"}"""));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Function_Throws_ErrorFrame(bool isTwoWay)
    {
        await using var api = await new ChatApi().Function("fail", (string?)null).StartAsync($$""" "$default": {{ChatApi.Lambda("fail", isTwoWay)}} """);
        await using var socket = await api.ConnectAsync();

        var frame = await socket.AskAsync("x");

        var context = (await api.NextEventAsync()).GetProperty("requestContext");
        Assert.Equal(
            $$"""{"message": "Internal server error", "connectionId":"{{context.GetProperty("connectionId")}}", "requestId":"{{context.GetProperty("requestId")}}"}""", frame);
    }

    [Theory]
    [InlineData("""{"statusCode":500,"body":"oops"}""", "oops")]
    [InlineData("""{"statusCode":200,"body":"aGk=","isBase64Encoded":true}""", "hi")]
    [InlineData("""{"statusCode":200,"body":"\u00e9\"\n"}""", "é\"\n")]
    public async Task TwoWay_FunctionAnswers_TheBodyIsSent(string answer, string body)
    {
        await using var api = await new ChatApi().Function("echo", answer).StartAsync($$""" "$default": {{ChatApi.Lambda("echo", isTwoWay: true)}} """);
        await using var socket = await api.ConnectAsync();

        Assert.Equal(body, await socket.AskAsync("x"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("""{"body":"x"}""")]
    public async Task TwoWay_FunctionAnswersOtherwise_ErrorFrame(string answer)
    {
        await using var api = await new ChatApi().Function("echo", answer).StartAsync($$""" "$default": {{ChatApi.Lambda("echo", isTwoWay: true)}} """);
        await using var socket = await api.ConnectAsync();

        Assert.StartsWith(Failure, await socket.AskAsync("x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneWay_FunctionAnswersOtherwise_NothingIsSent()
    {
        await using var api = await new ChatApi().Function("odd", "\"text\"").Function("two", """{"statusCode":200,"body":"two"}""")
            .StartAsync($$""" "odd": {{ChatApi.Lambda("odd")}}, "two": {{ChatApi.Lambda("two", isTwoWay: true)}} """);
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync("""{"action":"odd"}""");
        await api.NextEventAsync();

        Assert.Equal("two", await socket.AskAsync("""{"action":"two"}"""));
    }

    [Fact]
    public async Task Event_OfTheGuide()
    {
        await using var api = await new ChatApi().Function("echo")
            .StartAsync($$""" "$default": {{ChatApi.Lambda("echo")}} """, stage: """ "Variables": { "a": "1" } """);
        await using var socket = await api.ConnectAsync(configure: static client => client.Options.SetRequestHeader("User-Agent", "tests"));

        await socket.SendAsync("hello");

        var json = await api.NextEventAsync();
        Assert.Equal(["stageVariables", "requestContext", "body", "isBase64Encoded"], json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal(
            ["routeKey", "messageId", "eventType", "extendedRequestId", "requestTime", "messageDirection", "stage", "connectedAt", "requestTimeEpoch", "identity", "requestId", "domainName", "connectionId", "apiId"],
            json.GetProperty("requestContext").EnumerateObject().Select(static member => member.Name));
        Assert.Equal("hello", json.GetProperty("body").GetString());
        Assert.Equal("MESSAGE", json.GetProperty("requestContext").GetProperty("eventType").GetString());
    }

    [Fact]
    public async Task HttpProxy_GetsTheMessageAlone_AndItsWholeAnswerIsSent()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 404;
            return http.Response.WriteAsync("not here");
        });
        await using var api = await new ChatApi().StartAsync($$"""
            "$default": { "Integration": { "Type": "HTTP_PROXY", "IntegrationHttpMethod": "POST", "Uri": "{{backend.Url}}/in",
                "RequestParameters": { "integration.request.header.connectionId": "context.connectionId", "integration.request.querystring.a": "route.request.body.list" } },
                {{ChatApi.TwoWay}} }
            """);
        await using var socket = await api.ConnectAsync(configure: static client => client.Options.SetRequestHeader("X-One", "1"));

        var answer = await socket.AskAsync("""{"list":[1,"b"]}""");

        var request = await backend.NextAsync();
        Assert.Equal("not here", answer);
        Assert.Equal("POST", request.Method);
        Assert.Equal("/in?a=%5B1%2C%20b%5D", request.Target);
        Assert.Equal("""{"list":[1,"b"]}""", request.Text);
        Assert.Matches("^[A-Za-z0-9_-]{15}=$", request["connectionId"]);
        Assert.Null(request["X-One"]);
    }

    [Theory]
    [InlineData("HTTP_PROXY", 500, 500)]
    [InlineData("HTTP_PROXY", 204, 101)]
    [InlineData("HTTP", 500, 101)]
    public async Task Connect_Http_ProxiesAloneRefuse(string type, int status, int handshake)
    {
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        var responses = type == "HTTP" ? """ , "IntegrationResponses": [ { "IntegrationResponseKey": "$default" } ] """ : "";
        await using var api = await new ChatApi().StartAsync(
            $$""" "$connect": { "Integration": { "Type": "{{type}}", "IntegrationHttpMethod": "POST", "Uri": "{{backend.Url}}/" {{responses}} } } """);

        Assert.Equal((handshake, ""), await api.ShakeAsync());
    }

    [Fact]
    public async Task Connect_HttpWithoutIntegrationResponse_500()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var api = await new ChatApi().StartAsync(
            $$""" "$connect": { "Integration": { "Type": "HTTP", "IntegrationHttpMethod": "POST", "Uri": "{{backend.Url}}/" } } """);

        Assert.Equal(500, (await api.ShakeAsync()).Status);
    }

    [Theory]
    [InlineData("HTTP_PROXY")]
    [InlineData("HTTP")]
    public async Task Connect_BackendUnreachable_502(string type)
    {
        await using var api = await new ChatApi().StartAsync(
            $$""" "$connect": { "Integration": { "Type": "{{type}}", "IntegrationHttpMethod": "POST", "Uri": "http://127.0.0.1:1/" } } """);

        var (status, body) = await api.ShakeAsync();

        Assert.Equal(502, status);
        Assert.StartsWith("""{"message":"Internal server error","connectionId":""", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\\\"statusCode\\\":201}", 101)]
    [InlineData("{\\\"statusCode\\\":403}", 403)]
    [InlineData("no", 500)]
    public async Task Connect_Mock_SaysWhatItsTemplateGives(string template, int status)
    {
        await using var api = await new ChatApi().StartAsync(
            $$""" "$connect": { "Integration": { "Type": "MOCK", "RequestTemplates": { "$default": "{{template}}" } } } """);

        Assert.Equal(status, (await api.ShakeAsync()).Status);
    }

    [Fact]
    public async Task Connect_MockWithoutTemplate_Opened()
    {
        await using var api = await new ChatApi().StartAsync(""" "$connect": { "Integration": { "Type": "MOCK" } } """);

        Assert.Equal((101, ""), await api.ShakeAsync());
    }

    [Theory]
    [InlineData("a", "[200] a 1")]
    [InlineData("b", "default b")]
    [InlineData("zzz", "other 404 zzz")]
    public async Task Mock_TemplatesAndKeys_AreChosen(string kind, string answer)
    {
        await using var api = await new ChatApi().StartAsync($$$"""
            "$default": {
              "Integration": {
                "Type": "MOCK",
                "TemplateSelectionExpression": "${request.body.kind}",
                "RequestTemplates": {
                  "a": "{\"statusCode\":200}",
                  "$default": "{\"statusCode\":#if($input.path('$.kind') == 'b')201#{else}404#end}"
                },
                "IntegrationResponses": [
                  { "IntegrationResponseKey": "/2\\d0/", "TemplateSelectionExpression": "${integration.response.statuscode}",
                    "ResponseTemplates": { "200": "[200] a $stageVariables.v", "$default": "wrong" } },
                  { "IntegrationResponseKey": "/20./", "ResponseTemplates": { "$default": "default b" } },
                  { "IntegrationResponseKey": "$default", "TemplateSelectionExpression": "${request.body.kind}",
                    "ResponseTemplates": { "zzz": "other 404 zzz" } }
                ]
              },
              {{{ChatApi.TwoWay}}}
            }
            """, stage: """ "Variables": { "v": "1" } """);
        await using var socket = await api.ConnectAsync();

        Assert.Equal(answer, await socket.AskAsync($$"""{"kind":"{{kind}}"}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""", "IntegrationResponses": [ { "IntegrationResponseKey": "/404/" } ] """)]
    public async Task Mock_NoResponseIsSelected_ErrorFrame(string responses)
    {
        await using var api = await new ChatApi().StartAsync($$$"""
            "$default": { "Integration": { "Type": "MOCK", "RequestTemplates": { "$default": "{\"statusCode\":200}" } {{{responses}}} }, {{{ChatApi.TwoWay}}} }
            """);
        await using var socket = await api.ConnectAsync();

        Assert.StartsWith(Failure, await socket.AskAsync("x"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NEVER", "")]
    [InlineData("WHEN_NO_TEMPLATES", """ "other": "x" """)]
    public async Task Passthrough_NotAllowed_UnsupportedMediaType(string behavior, string templates)
    {
        await using var api = await new ChatApi().StartAsync($$"""
            "$default": { "Integration": { "Type": "HTTP", "IntegrationHttpMethod": "POST", "Uri": "http://127.0.0.1:1/", "PassthroughBehavior": "{{behavior}}",
                "RequestTemplates": { {{templates}} } } }
            """);
        await using var socket = await api.ConnectAsync();

        Assert.StartsWith("{\"message\": \"Unsupported Media Type\", \"connectionId\":\"", await socket.AskAsync("x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ContentHandling_EachWay_CodesBase64()
    {
        await using var backend = await TestBackend.StartAsync(static async http =>
        {
            http.Response.ContentType = "application/octet-stream";
            await http.Response.WriteAsync("raw!");
        });
        await using var api = await new ChatApi().StartAsync($$"""
            "$default": { "Integration": { "Type": "HTTP", "IntegrationHttpMethod": "POST", "Uri": "{{backend.Url}}/", "ContentHandlingStrategy": "CONVERT_TO_BINARY",
                "IntegrationResponses": [ { "IntegrationResponseKey": "$default", "ContentHandlingStrategy": "CONVERT_TO_TEXT" } ] }, {{ChatApi.TwoWay}} }
            """);
        await using var socket = await api.ConnectAsync();

        var answer = await socket.AskAsync("aGVsbG8=");
        var bad = await socket.AskAsync("%%%");

        Assert.Equal("hello", (await backend.NextAsync()).Text);
        Assert.Equal("cmF3IQ==", answer);
        Assert.StartsWith(Failure, bad, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_EndpointRequestTimedOut()
    {
        var time = new ManualTimeProvider();
        var never = new TaskCompletionSource<string>();
        await using var api = await new ChatApi().At(time).Function("slow", _ => new ValueTask<string>(never.Task))
            .StartAsync(""" "$default": { "Integration": { "Type": "AWS_PROXY", "Uri": "slow", "TimeoutInMillis": 500 } } """);
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync("x");
        await api.NextEventAsync();
        await time.UntilArmedAsync(TimeSpan.FromMilliseconds(500));
        time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.StartsWith("{\"message\": \"Endpoint request timed out\", \"connectionId\":\"", await socket.ReceiveAsync(), StringComparison.Ordinal);
        never.SetCanceled(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Throttle_OfTheRoute_FrameAndConnectionStays()
    {
        await using var api = await new ChatApi().At(new ManualTimeProvider()).Function("two", """{"statusCode":200,"body":"two"}""").StartAsync(
            $$""" "a": {{ChatApi.Lambda("two", isTwoWay: true)}}, "b": {{ChatApi.Lambda("two", isTwoWay: true)}} """,
            stage: """ "RouteSettings": { "a": { "ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 1 } } """);
        await using var socket = await api.ConnectAsync();

        var first = await socket.AskAsync("""{"action":"a"}""");
        var second = await socket.AskAsync("""{"action":"a"}""");
        var other = await socket.AskAsync("""{"action":"b"}""");

        Assert.Equal("two", first);
        Assert.StartsWith("{\"message\": \"Too Many Requests\", \"connectionId\":\"", second, StringComparison.Ordinal);
        Assert.Equal("two", other);
    }

    [Theory]
    [InlineData("""{"type":"order","n":"x"}""")]
    [InlineData("""{"type":"order","n":1,}""")]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("""{"type":"unknown"}""")]
    public async Task Model_NotMatched_BadRequestBodyAndTheBackendIsNotCalled(string message)
    {
        await using var api = await StartValidatedAsync();
        await using var socket = await api.ConnectAsync();

        var frame = await socket.AskAsync(message);

        await socket.SendAsync("""{"type":"order","n":1}""");
        var context = (await api.NextEventAsync()).GetProperty("requestContext");
        var id = JsonElement.Parse(frame).GetProperty("messageId").GetString();
        Assert.Matches("^[A-Za-z0-9_-]{15}=$", id);
        Assert.Equal($$"""{"message" : "Bad request body", "connectionId": "{{context.GetProperty("connectionId")}}", "messageId": "{{id}}"}""", frame);
        Assert.NotEqual(id, context.GetProperty("messageId").GetString());
    }

    [Fact]
    public async Task Model_SwitchedOff_NothingIsChecked()
    {
        await using var api = await StartValidatedAsync(""" "DisableSchemaValidation": true, """);
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync("hello");

        Assert.Equal("hello", (await api.NextEventAsync()).GetProperty("body").GetString());
    }

    private static Task<ChatApi> StartValidatedAsync(string members = "") => new ChatApi().Function("echo").StartAsync(
        """
        "$default": { "Integration": { "Type": "AWS_PROXY", "Uri": "echo" }, "ModelSelectionExpression": "$request.body.type", "RequestModels": { "order": "order" } }
        """,
        members + """
        "Models": { "order": { "ContentType": "application/json", "Schema": { "type": "object", "properties": { "n": { "type": "integer" } }, "required": [ "n" ] } } },
        """);
}
