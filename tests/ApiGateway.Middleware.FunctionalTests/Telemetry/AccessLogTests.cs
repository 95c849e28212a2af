using System.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.FunctionalTests.WebSockets;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Telemetry;

/// <summary>One line for each request, and for each event of a connection.</summary>
public sealed class AccessLogTests
{
    private const string Form = "$context.httpMethod $context.resourcePath $context.status $context.responseLength $context.error.responseType";

    [Theory]
    [InlineData("CLF", "^127\\.0\\.0\\.1 - - \\[01/Jan/2026:00:00:00 \\+0000\\] \"GET /mock HTTP/1\\.1\" 200 0 [0-9a-f-]{36} [A-Za-z0-9_-]{15}=$")]
    [InlineData("CSV", "^127\\.0\\.0\\.1,-,-,01/Jan/2026:00:00:00 \\+0000,GET,/mock,HTTP/1\\.1,200,0,[0-9a-f-]{36},[A-Za-z0-9_-]{15}=$")]
    [InlineData("XML", "^<request id=\"[0-9a-f-]{36}\"> <ip>127\\.0\\.0\\.1</ip> <caller>-</caller> <user>-</user> <requestTime>01/Jan/2026:00:00:00 \\+0000</requestTime> <httpMethod>GET</httpMethod> <resourcePath>/mock</resourcePath> <status>200</status> <protocol>HTTP/1\\.1</protocol> <responseLength>0</responseLength> <extendedRequestId>[A-Za-z0-9_-]{15}=</extendedRequestId> </request>$")]
    [InlineData("JSON", "^\\{ \"requestId\":\"[0-9a-f-]{36}\", \"extendedRequestId\":\"[A-Za-z0-9_-]{15}=\", \"ip\":\"127\\.0\\.0\\.1\", \"caller\":\"-\", \"user\":\"-\", \"requestTime\":\"01/Jan/2026:00:00:00 \\+0000\", \"httpMethod\":\"GET\", \"resourcePath\":\"/mock\", \"status\":\"200\", \"protocol\":\"HTTP/1\\.1\", \"responseLength\":\"0\" \\}$")]
    public async Task Rest_FormOfTheConsole_IsWritten(string form, string expected)
    {
        await using var host = await StartAsync(form, time: new ManualTimeProvider());

        (await host.GetAsync("/prod/mock")).Dispose();

        Assert.Matches(expected, await LineAsync(host));
    }

    [Theory]
    [InlineData("/prod/mock", "GET /mock 200 0 -")]
    [InlineData("/prod/nothing", "GET - 403 42 MISSING_AUTHENTICATION_TOKEN")]
    [InlineData("/prod/signed", "GET /signed 403 42 MISSING_AUTHENTICATION_TOKEN")]
    [InlineData("/prod/app/written", "GET /app/{proxy+} 200 6 -")]
    [InlineData("/prod/app/streamed", "GET /app/{proxy+} 200 9 -")]
    [InlineData("/prod/app/file", "GET /app/{proxy+} 200 5 -")]
    [InlineData("/prod/app/throws", "GET /app/{proxy+} 500 0 -")]
    public async Task Rest_EachAnswer_IsTold(string target, string expected)
    {
        await using var host = await StartAsync(Form + " $context.requestId");

        (await host.GetAsync(target)).Dispose();

        Assert.Equal(expected, (await LineAsync(host))[..^37]);
    }

    [Fact]
    public async Task Rest_OutsideOfStages_IsNotTold()
    {
        await using var host = await StartAsync(Form + " $context.requestId");

        (await host.GetAsync("/test/mock")).Dispose();
        (await host.GetAsync("/other")).Dispose();
        (await host.GetAsync("/prod/mock")).Dispose();

        Assert.StartsWith("GET /mock 200", await LineAsync(host), StringComparison.Ordinal);
        Assert.Equal(0, host.Logs.Count("AccessLog"));
    }

    [Fact]
    public async Task Backend_ItsStatusAndTime_AreTold()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 418;
            return http.Response.WriteAsync("tea");
        });
        await using var host = await StartAsync(
            "$context.status $context.integrationStatus $context.integration.status $context.integration.latency $context.responseLatency $context.responseLength $context.requestId", backend.Url);

        (await host.GetAsync("/prod/proxy")).Dispose();

        Assert.Matches("^418 418 418 [0-9]+ [0-9]+ 3 ", await LineAsync(host));
    }

    [Fact]
    public async Task Backend_Unreachable_ItsErrorIsTold()
    {
        await using var host = await StartAsync("$context.status|$context.integrationErrorMessage|$context.integrationStatus|$context.requestId", "http://127.0.0.1:1");

        (await host.GetAsync("/prod/proxy")).Dispose();

        Assert.Matches("^500\\|Network error communicating with endpoint\\|-\\|", await LineAsync(host));
    }

    [Fact]
    public async Task Function_StatusOfInvocationAndAnswer_AreTold()
    {
        await using var host = await StartAsync("$context.status $context.integration.integrationStatus $context.integration.status $context.requestId");

        (await host.GetAsync("/prod/function")).Dispose();

        Assert.StartsWith("201 200 201 ", await LineAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_NotSigned_ThePhaseIsTold()
    {
        await using var host = await StartAsync("$context.authenticate.status|$context.authenticate.error|$context.authorize.status|$context.requestId");

        (await host.GetAsync("/prod/signed")).Dispose();

        Assert.StartsWith("403|Missing Authentication Token|-|", await LineAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_OfCallers_CannotBeginALineOrEndAText()
    {
        await using var host = await StartAsync("{\"agent\":\"$context.identity.userAgent\",\"id\":$context.requestId}", escapes: true);

        (await host.SendAsync(HttpMethod.Get, "/prod/mock", ("User-Agent", "a \"b\" \\ c"))).Dispose();

        Assert.StartsWith("""{"agent":"a \"b\" \\ c","id":""", await LineAsync(host), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_OfTheApplication_TakesLinesAndMayFail()
    {
        var log = new FailingLog();
        await using var host = await StartAsync("$context.requestId", log: log);

        using var response = await host.GetAsync("/prod/mock");
        var failure = await host.Logs.NextAsync("AccessLogFailed");

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("API 'api', stage 'prod'", failure.Message, StringComparison.Ordinal);
        Assert.Equal(new AccessLogStage("api", "api", "prod", "arn:aws:logs:us-east-1:123456789012:log-group:a"), log.Stage);
        Assert.Matches("^[0-9a-f-]{36}$", log.Line);
    }

    [Fact]
    public async Task HttpApi_IsToldInItsForm()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            AddsTerminal = false,
            Settings = """
                { "Apis": { "api": { "ProtocolType": "HTTP", "Routes": { "GET /a": { "Integration": { "Type": "IN_PROCESS" } } },
                  "Stages": { "$default": { "AccessLogSettings": { "Format": "CSV" } } } } } }
                """,
            App = static app =>
            {
                app.UseApiGateway();
                app.MapGet("/a", static () => "answer");
                app.MapGet("/of-the-application", static () => "answer");
            },
        });

        (await host.GetAsync("/a")).Dispose();
        (await host.GetAsync("/of-the-application")).Dispose();
        (await host.GetAsync("/b")).Dispose();

        Assert.Matches("^127\\.0\\.0\\.1,[^,]+,GET,GET /a,HTTP/1\\.1,200,6,[A-Za-z0-9_-]{15}=$", await LineAsync(host));
        Assert.Matches("^127\\.0\\.0\\.1,[^,]+,GET,-,HTTP/1\\.1,404,23,[A-Za-z0-9_-]{15}=$", await LineAsync(host));
    }

    [Fact]
    public async Task Connection_EachEvent_IsTold()
    {
        await using var api = await StartChatAsync("""{"statusCode":200}""");
        await using var socket = await api.ConnectAsync();
        await socket.SendAsync("x");
        await socket.SendAsync("""{"action":"broken"}""");
        await socket.ReceiveAsync();
        var id = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString()!;
        await socket.CloseAsync();

        var lines = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            lines.Add((await LineAsync(api.Host))[..^17]);
        }

        (await api.CallAsync(HttpMethod.Get, id)).Dispose();
        (await api.Host.GetAsync("/prod")).Dispose();

        string[] expected = [$"CONNECT $connect 101 {id} 200 -", $"DISCONNECT $disconnect 200 {id} - -", $"MESSAGE $default 200 {id} - -", $"MESSAGE broken 500 {id} - API_CONFIGURATION_ERROR"];
        Assert.Equal(expected, lines.Order(StringComparer.Ordinal));
        Assert.Equal(0, api.Host.Logs.Count("AccessLog"));
    }

    [Fact]
    public async Task Connection_Refused_IsTold()
    {
        await using var api = await StartChatAsync("""{"statusCode":401}""");

        await api.ShakeAsync();

        Assert.Matches("^CONNECT \\$connect 401 [A-Za-z0-9_-]{15}= 401 - [A-Za-z0-9_-]{15}=$", await LineAsync(api.Host));
        Assert.Equal(0, api.Host.Logs.Count("AccessLog"));
    }

    [Fact]
    public async Task Connection_ResponseLength_IsOfHandshakesAlone()
    {
        // What runs events is used again: nothing of one may be left in it.
        await using var api = await new ChatApi().StartAsync(
            """
            "$connect": { "Integration": { "Type": "MOCK" } },
            "$default": { "Integration": { "Type": "MOCK", "RequestTemplates": { "$default": "{\"statusCode\":200}" },
              "IntegrationResponses": [ { "IntegrationResponseKey": "$default", "ResponseTemplates": { "$default": "answer" } } ] },
              "RouteResponseSelectionExpression": "$default", "RouteResponses": { "$default": {} } }
            """,
            stage: """ "AccessLogSettings": { "Format": "$context.eventType $context.responseLength $context.requestId" } """);
        for (var i = 0; i < 3; i++)
        {
            await using var socket = await api.ConnectAsync();
            var connect = await LineAsync(api.Host);
            Assert.Equal("answer", await socket.AskAsync("x"));

            Assert.StartsWith("CONNECT 0 ", connect, StringComparison.Ordinal);
            Assert.StartsWith("MESSAGE - ", await LineAsync(api.Host), StringComparison.Ordinal);
            await socket.CloseAsync();
        }
    }

    private static async Task<string> LineAsync(TestHost host) => (await host.Logs.NextAsync("AccessLog")).Message;

    private static Task<ChatApi> StartChatAsync(string verdict) => new ChatApi().Function("connect", verdict).StartAsync(
        $$"""
        "$connect": {{ChatApi.Lambda("connect")}}, "broken": { "Integration": { "Type": "MOCK" } },
        "$default": { "Integration": { "Type": "MOCK", "RequestTemplates": { "$default": "{\"statusCode\":200}" }, "IntegrationResponses": [ { "IntegrationResponseKey": "$default" } ] } },
        "$disconnect": { "Integration": { "Type": "MOCK" } }
        """,
        stage: """ "AccessLogSettings": { "Format": "$context.eventType $context.routeKey $context.status $context.connectionId $context.integration.status $context.error.responseType $context.requestId" } """);

    private static Task<TestHost> StartAsync(
        string format, string backend = "http://127.0.0.1:1", ManualTimeProvider? time = null, bool escapes = false, IAccessLog? log = null) =>
        TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            AddsTerminal = false,
            Settings = $$"""
                {
                  "Apis": {
                    "api": {
                      "ProtocolType": "REST",
                      "Routes": {
                        "GET /mock": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\":200}" } } },
                        "GET /signed": { "AuthorizationType": "AWS_IAM", "Integration": { "Type": "MOCK" } },
                        "GET /proxy": { "Integration": { "Type": "HTTP_PROXY", "Uri": "{{backend}}/" } },
                        "GET /function": { "Integration": { "Type": "AWS_PROXY", "Uri": "function" } },
                        "ANY /app/{proxy+}": { "Integration": { "Type": "IN_PROCESS" } }
                      },
                      "Stages": {
                        "prod": { "AccessLogSetting": { "DestinationArn": "arn:aws:logs:us-east-1:123456789012:log-group:a", "EscapeJson": {{(escapes ? "true" : "false")}}, "Format": {{System.Text.Json.JsonSerializer.Serialize(format)}} } },
                        "test": {}
                      }
                    }
                  }
                }
                """,
            Gateway = static gateway => gateway.AddLambdaFunction("function", static (_, target, _, _) =>
            {
                target.Write("{\"statusCode\":201,\"body\":\"x\"}"u8);
                return ValueTask.CompletedTask;
            }),
            Builder = builder =>
            {
                if (log is not null)
                {
                    builder.Services.AddSingleton(log);
                }
            },
            App = static app =>
            {
                app.UseApiGateway();
                app.MapGet("/app/written", static () => "answer");
                app.MapGet("/app/streamed", static async http =>
                {
                    await http.Response.Body.WriteAsync("one"u8.ToArray());
                    await http.Response.Body.FlushAsync();
                    http.Response.BodyWriter.Write("secret"u8);
                });
                app.MapGet("/app/file", static async http =>
                {
                    var path = Path.GetTempFileName();
                    await File.WriteAllTextAsync(path, "a file");
                    await http.Response.SendFileAsync(path, 1, null);
                    File.Delete(path);
                });
                app.MapGet("/app/throws", static () => { throw new InvalidOperationException("no"); });
            },
        });

    private sealed class FailingLog : IAccessLog
    {
        public AccessLogStage? Stage { get; private set; }

        public string Line { get; private set; } = "";

        public void Write(AccessLogStage stage, string line)
        {
            (Stage, Line) = (stage, line);
            throw new InvalidOperationException("full");
        }
    }
}
