using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Hosting.TestInvoke;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.Tests.Hosting.TestInvoke;

/// <summary>A test call answers and logs as recorded, line by line.</summary>
public sealed class GatewayTestInvokerTests
{
    // Of the clock that stands still.
    private const string Stamp = "Fri Jan 02 03:04:05 UTC 2026 : ";

    [Fact]
    public async Task Invoke_Mock_LogsAllButTheEndpoint()
    {
        await using var services = Services(static api => api.Map("POST /orders/{id}", static method => method.Response(201).Mock(201, static integration =>
        {
            integration.IntegrationResponses.Add(new IntegrationResponseDefinition("201")
            {
                ResponseTemplates = { ["application/json"] = """{"id": "$input.params('id')"}""" },
            });
        })));
        var request = new TestInvokeRequest("api", "dev", "POST", "/orders/42?a=1&b=x%20y&a=2")
        {
            Headers = { ["X-One"] = "1" },
            MultiValueHeaders = { ["x-two"] = ["2", "3"] },
            Body = """{"a": 1}""",
        };

        var result = await InvokeAsync(services, request);

        AssertLog(
            result,
            "HTTP Method: POST, Resource Path: /orders/{id}",
            "Method request path: {id=42}",
            "Method request query string: {a=1,2, b=x y}",
            "Method request headers: {X-One=1, x-two=2,3}",
            """Method request body before transformations: {"a": 1}""",
            """Method response body after transformations: {"id": "42"}""",
            "Method response headers: {Content-Type=application/json}",
            "Successfully completed execution",
            "Method completed with status: 201");
        Assert.Equal(201, result.Status);
        Assert.Equal("""{"id": "42"}""", result.Body);
        Assert.Equal("application/json", Assert.Single(result.Headers).Value);
    }

    [Fact]
    public async Task Invoke_ApiWithPolicy_LogsWhatItSaysAndGoesOn()
    {
        await using var services = Services(static api =>
        {
            api.Map("GET /orders", static method => method.Mock());
            api.Definition.Policy =
                """{"Version":"2012-10-17","Statement":{"Sid":"Office","Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*","Condition":{"StringEquals":{"aws:UserAgent":"office"}}}}""";
        });

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/orders"));

        Assert.Equal(200, result.Status);
        Assert.Contains(
            " : Resource policy, not enforced here: Neither: execute-api:Invoke on 'arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/orders' by anonymous\n",
            result.Log, StringComparison.Ordinal);
        Assert.Contains(
            " : Resource policy, not enforced here: statement 0 'Office' (Allow): does not apply: StringEquals 'aws:UserAgent' is not met: the policy has 'office', the request nothing\n",
            result.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_HttpWithTemplates_LogsEachStep()
    {
        await using var backend = await RecordingBackend.StartAsync(static http =>
        {
            http.Response.Headers["X-Backend"] = "yes";
            return http.Response.WriteAsync("""{"n": 7}""");
        });
        await using var services = Services(api => api.Map("POST /orders/{id}", method => method.Response(200).Http(backend.Url + "/v1/{id}", integration =>
        {
            integration.IntegrationHttpMethod = "POST";
            integration.RequestParameters["integration.request.path.id"] = "method.request.path.id";
            integration.RequestParameters["integration.request.header.Authorization"] = "method.request.header.Authorization";
            integration.RequestParameters["integration.request.querystring.q"] = "'1'";
            integration.RequestTemplates["application/json"] = """{"name": $input.json('$.a')}""";
            integration.IntegrationResponses.Add(new IntegrationResponseDefinition("200")
            {
                ResponseTemplates = { ["application/json"] = """{"count": $input.json('$.n')}""" },
            });
        })).Definition.Profile = DefinitionProfile.Exact);
        var request = new TestInvokeRequest("api", "dev", "POST", "/orders/42")
        {
            Headers = { ["Authorization"] = "Bearer secret", ["Content-Type"] = "application/xml", ["X-Amzn-Trace-Id"] = "Root=1-0-1;Parent=2;Sampled=0" },
            Body = """{"a": "b"}""",
        };

        var result = await InvokeAsync(services, request);

        AssertLog(
            result,
            "HTTP Method: POST, Resource Path: /orders/{id}",
            "Method request path: {id=42}",
            "Method request query string: {}",
            "Method request headers: {Authorization=********, Content-Type=application/json, X-Amzn-Trace-Id=Root=1-0-1;Parent=2;Sampled=0}",
            """Method request body before transformations: {"a": "b"}""",
            $"Endpoint request URI: {backend.Url}/v1/42?q=1",
            "Endpoint request headers: {Accept=application/json, User-Agent=AmazonAPIGateway_api, X-Amzn-Trace-Id=Root=1-0-1;Parent=2;Sampled=0, X-Amzn-Apigateway-Api-Id=api, Authorization=********, Content-Type=application/json}",
            """Endpoint request body after transformations: {"name": "b"}""",
            $"Sending request to {backend.Url}/v1/42?q=1",
            "Received response. Status: 200, Integration latency: 0 ms",
            "Endpoint response headers: {Date=(date), X-Backend=yes}",
            """Endpoint response body before transformations: {"n": 7}""",
            """Method response body after transformations: {"count": 7}""",
            "Method response headers: {Content-Type=application/json, X-Amzn-Trace-Id=Root=1-0-1;Parent=2;Sampled=0}",
            "Successfully completed execution",
            "Method completed with status: 200");
        Assert.Equal("""{"count": 7}""", result.Body);
        Assert.Equal(("/v1/42?q=1", """{"name": "b"}""", "Bearer secret"), backend.Last);
        Assert.DoesNotContain("secret", result.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_Function_LogsEventAndAnswer()
    {
        const string Answer = """{"statusCode": 201, "body": "done"}""";
        await using var services = Services(static api => api.Map("POST /x", static method => method.LambdaProxy("orders")), static gateway =>
            gateway.AddLambdaFunction("orders", static (_, answer, _, _) =>
            {
                answer.Write(Encoding.UTF8.GetBytes(Answer));
                return ValueTask.CompletedTask;
            }));
        var request = new TestInvokeRequest("api", "dev", "POST", "/x") { Headers = { ["Authorization"] = "Bearer \"secret\"" }, Body = "text" };

        var result = await InvokeAsync(services, request);

        var lines = Lines(result);
        var sent = Assert.Single(lines, static line => line.StartsWith("Endpoint request body after transformations: {", StringComparison.Ordinal));
        Assert.Contains(""" "Authorization":"********" """.Trim(), sent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", result.Log, StringComparison.Ordinal);
        Assert.Contains("Received response. Status: 200, Integration latency: 0 ms", lines);
        Assert.Contains($"Endpoint response body before transformations: {Answer}", lines);
        Assert.Contains("Method response body after transformations: done", lines);
        Assert.Equal((201, "done"), (result.Status, result.Body));
    }

    [Fact]
    public async Task Invoke_StreamedProxy_LogsWholeBodies()
    {
        await using var backend = await RecordingBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 404;
            http.Response.Headers.SetCookie = "session=1";
            return http.Response.Body.WriteAsync(new byte[] { 0xFF, 0x00 }).AsTask();
        });
        await using var services = Services(api => api.Map("ANY /{proxy+}", method => method.HttpProxy(backend.Url + "/{proxy}")));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "PUT", "/a/b?c=d") { Body = "text" });

        var lines = Lines(result);
        Assert.Contains($"Endpoint request URI: {backend.Url}/a/b?c=d", lines);
        Assert.Contains("Endpoint request body after transformations: text", lines);
        Assert.Contains("Endpoint response body before transformations: [Binary Data]", lines);
        Assert.Contains("Method response body after transformations: [Binary Data]", lines);
        Assert.Contains(lines, static line => line.StartsWith("Method response headers: {", StringComparison.Ordinal) && line.Contains("Set-Cookie=********", StringComparison.Ordinal));
        Assert.Equal("Method completed with status: 404", lines[^1]);
        Assert.Equal(404, result.Status);
    }

    [Fact]
    public async Task Invoke_LongHeaders_AreCutTowardsTheEndpoint()
    {
        await using var backend = await RecordingBackend.StartAsync(static _ => Task.CompletedTask);
        await using var services = Services(api => api.Map("GET /x", method => method.HttpProxy(backend.Url + "/")));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x") { Headers = { ["X-Long"] = new string('a', 2000) } });

        const string Start = "Endpoint request headers: ";
        var line = Assert.Single(Lines(result), static line => line.StartsWith(Start, StringComparison.Ordinal));
        Assert.EndsWith("a [TRUNCATED]", line, StringComparison.Ordinal);
        Assert.Equal(Start.Length + 998 + " [TRUNCATED]".Length, line.Length);
    }

    [Fact]
    public async Task Invoke_BodyOfAnotherForm_LogsWhyItIsRefused()
    {
        await using var services = Services(static api => api
            .Model("Order", """{"type": "object", "required": ["to", "subject"]}""").RequestValidator("all", body: true, parameters: true)
            .Map("POST /x", static method => method.Validate("all", "Order").Mock()));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "POST", "/x") { Body = "{}" });

        Assert.Equal(
            [
                """Request body does not match model schema for content type application/json: [object has missing required properties (["subject","to"])]""",
                "Method completed with status: 400",
            ],
            Lines(result)[^2..]);
        Assert.Equal("""{"message": "Invalid request body"}""", result.Body);
    }

    [Fact]
    public async Task Invoke_ParameterMissing_LogsIt()
    {
        await using var services = Services(static api => api.RequestValidator("all", body: true, parameters: true)
            .Map("GET /x", static method => method.Parameter("method.request.querystring.q", isRequired: true).Validate("all").Mock()));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x"));

        Assert.Equal(["Missing required request parameters: [q]", "Method completed with status: 400"], Lines(result)[^2..]);
    }

    [Theory]
    [InlineData("{}", "", "Unable to parse statusCode. It should be an integer that is defined in the request template.")]
    [InlineData("""{"statusCode": 404}""", "2..", "No match for output mapping and no default output mapping configured. Endpoint Response Status Code: 404.")]
    [InlineData("""{"statusCode": 201}""", "2..", "Output mapping refers to an invalid method response: 201.")]
    public async Task Invoke_WrongDefinition_LogsTheConfigurationError(string template, string pattern, string reason)
    {
        await using var services = Services(api => api.Map("GET /x", method => method.Response(200).Mock(200, integration =>
        {
            integration.RequestTemplates["application/json"] = template;
            integration.IntegrationResponses.Add(new IntegrationResponseDefinition("201") { SelectionPattern = pattern });
        })).Definition.Profile = DefinitionProfile.Exact);

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x"));

        Assert.Equal([$"Execution failed due to configuration error: {reason}", "Method completed with status: 500"], Lines(result)[^2..]);
        Assert.Equal("""{"message": "Internal server error"}""", result.Body);
    }

    [Fact]
    public async Task Invoke_RefusalWithoutReason_NamesTheGatewayResponse()
    {
        await using var services = Services(static api => api.Map(
            "GET /x", static method => method.Mock(200, static integration =>
            {
                integration.PassthroughBehavior = PassthroughBehavior.Never;
                integration.RequestTemplates.Clear();
                integration.RequestTemplates["application/xml"] = """{"statusCode": 200}""";
            })));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x"));

        Assert.Equal(["Execution failed: UNSUPPORTED_MEDIA_TYPE, Unsupported Media Type", "Method completed with status: 415"], Lines(result)[^2..]);
    }

    [Fact]
    public async Task Invoke_NobodyListens_LogsTheNetworkError()
    {
        string url;
        await using (var backend = await RecordingBackend.StartAsync(static _ => Task.CompletedTask))
        {
            url = backend.Url;
        }

        await using var services = Services(api => api.Map("GET /x", method => method.HttpProxy(url)));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x"));

        Assert.Equal(
            [$"Sending request to {url}/", "Execution failed due to a network error communicating with endpoint", "Method completed with status: 500"],
            Lines(result)[^3..]);
    }

    [Fact]
    public async Task Invoke_GuardedMethod_IsTriedWithoutItsGuards()
    {
        await using var services = Services(static api => api.Map("GET /x", static method => method.InProcess("hello")), static gateway =>
            gateway.AddHandler("hello", static http => http.Response.WriteAsync($"{http.Request.PathBase}|{http.Request.Path}")));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x"));

        Assert.Equal("/dev|/x", result.Body);
        Assert.Equal(200, result.Status);
    }

    [Fact]
    public async Task Invoke_Preflight_IsAnsweredByCors()
    {
        await using var services = Services(static api => api.Cors("https://shop.example").Map("GET /x", static method => method.Mock()));

        var result = await InvokeAsync(services, new TestInvokeRequest("api", "dev", "OPTIONS", "/x")
        {
            Headers = { ["Origin"] = "https://shop.example", ["Access-Control-Request-Method"] = "GET" },
        });

        Assert.Equal(204, result.Status);
        Assert.Equal("https://shop.example", result.Headers["Access-Control-Allow-Origin"]);
    }

    [Theory]
    [InlineData("apj", "dev", "GET", "/x", "There is no API 'apj'. APIs: api.")]
    [InlineData("api", "prod", "GET", "/x", "API 'api' has no stage 'prod'. Stages: dev.")]
    [InlineData("api", "dev", "get", "/x", "'get' is no HTTP method that a resource can have. Methods: GET, POST, PUT, DELETE, PATCH, OPTIONS, HEAD.")]
    [InlineData("api", "dev", "PUT", "/x?a=b", "The resource of '/x' has no method PUT. Methods: GET, POST.")]
    [InlineData("api", "dev", "GET", "/y/z", "The path '/y/z' fits no resource of API 'api'. Resources: /x, /app.")]
    [InlineData("api", "dev", "GET", "x", "The path must begin with '/', but is 'x'.")]
    [InlineData("api", "dev", "GET", "/x/../x", "The path '/x/../x' has characters or segments that are not allowed there. Encode them.")]
    [InlineData("api", "dev", "GET", "/app", "'GET /app' is answered by the application behind the gateway, which a test call does not have. Name a handler, or ask the running server.")]
    public async Task Invoke_NotInTheDefinition_SaysWhatThereIs(string api, string stage, string method, string path, string message)
    {
        await using var services = Services(static definition => definition
            .Map("GET /x", static method => method.Mock()).Map("POST /x", static method => method.Mock()).Map("GET /app", static method => method.InProcess()));

        var exception = await Assert.ThrowsAsync<TestInvokeException>(() => InvokeAsync(services, new TestInvokeRequest(api, stage, method, path)));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("a b", "c", "'a b' is no name of a header.")]
    [InlineData("a", "b\r\nc: d", "The value of the header 'a' must not have line breaks or zero characters.")]
    public async Task Invoke_IllegalHeader_IsRefused(string name, string value, string message)
    {
        await using var services = Services(static api => api.Map("GET /x", static method => method.Mock()));

        var exception = await Assert.ThrowsAsync<TestInvokeException>(() => InvokeAsync(
            services, new TestInvokeRequest("api", "dev", "GET", "/x") { Headers = { [name] = value } }));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public async Task Invoke_DefinitionWithErrors_Throws()
    {
        await using var services = Services(static api => api.Map("GET /x", static _ => { }));

        var exception = await Assert.ThrowsAsync<DefinitionException>(() => InvokeAsync(services, new TestInvokeRequest("api", "dev", "GET", "/x")));

        Assert.Contains("Integration", exception.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(Action<RestApiBuilder> configure, Action<IApiGatewayBuilder>? more = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new ManualTimeProvider());
        var gateway = services.AddApiGateway();
        gateway.AddRestApi("api", api =>
        {
            api.Stage("dev");
            configure(api);
        });
        more?.Invoke(gateway);
        return services.BuildServiceProvider();
    }

    private static Task<TestInvokeResult> InvokeAsync(ServiceProvider services, TestInvokeRequest request) =>
        services.GetRequiredService<IGatewayTestInvoker>().InvokeAsync(request);

    // The lines behind the first two, without their time.
    private static string[] Lines(TestInvokeResult result) =>
        [.. result.Log.TrimEnd('\n').Split('\n')[2..].Select(static line => line[Stamp.Length..])];

    private static void AssertLog(TestInvokeResult result, params string[] expected)
    {
        var lines = result.Log.Split('\n');
        var id = lines[0]["Execution log for request ".Length..];
        Assert.True(Guid.TryParse(id, out _));
        Assert.Equal($"Execution log for request {id}", lines[0]);
        Assert.Equal($"{Stamp}Starting execution for request: {id}", lines[1]);
        Assert.Equal("", lines[^1]);
        var date = System.Text.RegularExpressions.Regex.Replace(string.Join('\n', lines[2..^1]), @"Date=[^,}]*(, [^=,}]* GMT)?", "Date=(date)");
        Assert.Equal(expected.Select(static line => Stamp + line), date.Split('\n'));
    }
}
