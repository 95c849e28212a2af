using System.Net;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.GatewayResponses;

/// <summary>Customized answers, from the definition to the bytes of the answer.</summary>
public sealed class GatewayResponseTests
{
    // A fixed port: a free one may belong to another test by the time of the request.
    private const string NobodyListens = "http://127.0.0.1:1";

    [Theory]
    [InlineData("GET", "/dev/nothing", 403, "MISSING_AUTHENTICATION_TOKEN", "MissingAuthenticationTokenException")]
    [InlineData("DELETE", "/dev/unresolved", 403, "MISSING_AUTHENTICATION_TOKEN", "MissingAuthenticationTokenException")]
    [InlineData("GET", "/dev/a%5Cb", 400, "DEFAULT_4XX", "BadRequestException")]
    [InlineData("GET", "/dev/{long}", 414, "DEFAULT_4XX", "BadRequestException")]
    [InlineData("GET", "/dev/unresolved", 500, "API_CONFIGURATION_ERROR", "InternalServerErrorException")]
    [InlineData("GET", "/dev/unreachable", 500, "INTEGRATION_FAILURE", "InternalServerErrorException")]
    [InlineData("GET", "/dev/no-template", 500, "API_CONFIGURATION_ERROR", "InternalServerErrorException")]
    public async Task Refusal_DefaultsCustomized_TakesThemAndKeepsItsStatus(string method, string target, int status, string type, string errorType)
    {
        await using var host = await StartAsync(static api =>
        {
            Add(api, GatewayResponseType.Default4xx, "4 $context.error.responseType");
            Add(api, GatewayResponseType.Default5xx, "5 $context.error.responseType");
        });

        using var response = await host.SendAsync(new HttpMethod(method), target.Replace("{long}", new string('a', 11_000), StringComparison.Ordinal));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"{status / 100} {type}", await response.Content.ReadAsStringAsync());
        Assert.Equal(errorType, response.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Refusal_HeadersTooLarge_TakesTheDefault()
    {
        await using var host = await StartAsync(static api => Add(api, GatewayResponseType.Default4xx, "$context.error.message"));

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", ("X-Large", new string('a', 11_000)));

        Assert.Equal(431, (int)response.StatusCode);
        Assert.Equal("Request Header Fields Too Large", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Refusal_BodyTooLarge_CannotBeCustomized()
    {
        await using var host = await StartAsync(static api => Add(api, GatewayResponseType.Default4xx, "customized", 499), isStreaming: false);

        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/post HTTP/1.1", "Content-Length: 10485761");

        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal("""{"message":"Request Too Long"}""", await connection.ReadAsync(30));
    }

    [Theory]
    [InlineData("/none/x")]
    [InlineData("/none/a%5Cb")]
    public async Task Refusal_WithoutAStage_CannotBeCustomized(string target)
    {
        await using var host = await StartAsync(static api =>
        {
            api.Hosts.Add("localhost");
            Add(api, GatewayResponseType.Default4xx, "customized", 499);
        });

        using var response = await host.SendAsync(HttpMethod.Get, target, ("Host", "localhost"));

        Assert.Equal(target.EndsWith('x') ? 403 : 400, (int)response.StatusCode);
        Assert.StartsWith("{\"message\":\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IntegrationFailure_CustomizedWithoutStatus_Is504()
    {
        await using var plain = await StartAsync(static _ => { });
        await using var customized = await StartAsync(static api => Add(api, GatewayResponseType.IntegrationFailure, null));

        using var before = await plain.GetAsync("/dev/unreachable");
        using var after = await customized.GetAsync("/dev/unreachable");

        await Refusal.AssertServerErrorAsync(before, "Network error communicating with endpoint");
        Assert.Equal(HttpStatusCode.GatewayTimeout, after.StatusCode);
        Assert.Equal("""{"message":"Network error communicating with endpoint"}""", await after.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task IntegrationTimeout_Customized_SaysWhichResource()
    {
        var time = new ManualTimeProvider();
        var arrived = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(http =>
        {
            arrived.SetResult();
            return Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        });
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Gateway = gateway => gateway.AddRestApi("api", api =>
            {
                api.Map("GET /orders/{id}", method => method.HttpProxy(backend.Url)).Stage("dev");
                Add(api.Definition, GatewayResponseType.IntegrationTimeout, "$context.httpMethod $context.resourcePath $method.request.path.id $context.stage");
            }),
        });

        var answer = host.GetAsync("/dev/orders/42");
        await arrived.Task.InTime();
        time.Advance(TimeSpan.FromSeconds(29));

        using var response = await answer.InTime();
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.Equal("GET /orders/{id} 42 dev", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Variables_OfAnUnmatchedRoute_HaveWhatIsKnown()
    {
        await using var host = await StartAsync(static api => Add(
            api, GatewayResponseType.MissingAuthenticationToken,
            "$context.apiId|$context.stage|$context.path|$context.resourcePath|$context.identity.sourceIp|$stageVariables.version|$method.request.path.id"));

        Assert.Equal("api|dev|/dev/nothing||127.0.0.1|7|", await host.GetTextAsync("/dev/nothing?a=b"));
    }

    [Fact]
    public async Task Variables_RequestId_IsThatOfTheHeader()
    {
        await using var host = await StartAsync(static api =>
        {
            api.ResponseIds = true;
            Add(api, GatewayResponseType.Default4xx, "$context.requestId $context.extendedRequestId");
        });

        using var response = await host.GetAsync("/dev/nothing");

        Assert.Equal(
            $"{response.Headers.GetValues("x-amzn-RequestId").Single()} {response.Headers.GetValues("x-amz-apigw-id").Single()}",
            await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task Parameters_OfHostileData_StayOneHeader(HttpProtocols protocol)
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Protocols = protocol,
            Gateway = static gateway => gateway.AddRestApi("api", static api =>
            {
                api.Map("GET /x", static method => method.Mock()).Stage("dev");
                Add(api.Definition, GatewayResponseType.Default4xx, null, null, ("X-Query", "method.request.querystring.q"), ("X-Agent", "context.identity.userAgent"));
            }),
        });
        var request = TestClient.Request(HttpMethod.Get, host.Client.BaseAddress!, "/dev/nothing?q=a%0d%0aSet-Cookie:%20b=c%0d%0a%0d%0a%3Chtml%3E");
        request.Version = host.Client.DefaultRequestVersion;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        request.Headers.TryAddWithoutValidation("User-Agent", "Zoë");

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("a%0D%0ASet-Cookie: b=c%0D%0A%0D%0A<html>", response.Headers.GetValues("X-Query").Single());
        Assert.Equal("Zo%C3%AB", response.Headers.NonValidated["X-Agent"].ToString());
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Equal("""{"message":"Missing Authentication Token"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Head_OfACustomizedRefusal_LeavesTheConnectionInOrder()
    {
        await using var host = await StartAsync(static api => Add(api, GatewayResponseType.Default4xx, "eleven text"));
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync("HEAD /dev/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        await connection.SendRequestAsync("GET /dev/nothing HTTP/1.1");
        var answers = await connection.ReadToEndAsync();

        Assert.Equal(2, answers.Split("Content-Length: 11\r\n").Length - 1);
        Assert.Single(answers.Split("eleven text")[..^1]);
        Assert.Equal(3, answers.Split("HTTP/1.1 ").Length);
    }

    [Fact]
    public async Task Log_OfACustomizedRefusal_HasTheStatusThatWasSent()
    {
        await using var host = await StartAsync(static api => Add(api, GatewayResponseType.MissingAuthenticationToken, null, 404));

        using var response = await host.GetAsync("/dev/nothing");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.StartsWith("Answered with 404 MISSING_AUTHENTICATION_TOKEN.", (await host.Logs.NextAsync("Rejected")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorFormat_ProblemDetailsBySetting_IsTheFormOfErrors()
    {
        await using var host = await TestHost.StartAsync("""
            {
              "Apis": {
                "api": {
                  "ProtocolType": "REST",
                  "ErrorFormat": "ProblemDetails",
                  "Routes": { "GET /x": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 200}" } } } },
                  "Stages": { "dev": {} }
                }
              }
            }
            """);

        using var response = await host.GetAsync("/dev/nothing");

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(
            ["type", "title", "status", "detail", "errorType", "requestId"], problem.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("Missing Authentication Token", problem.GetProperty("detail").GetString());
        Assert.Matches("^[0-9a-f-]{36}$", problem.GetProperty("requestId").GetString());
    }

    private static void Add(
        RestApiDefinition api, GatewayResponseType type, string? template, int? status = null, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var response = new GatewayResponseDefinition(type) { StatusCode = status };
        foreach (var (name, value) in headers)
        {
            response.ResponseParameters["gatewayresponse.header." + name] = value;
        }

        if (template is not null)
        {
            response.ResponseTemplates["application/json"] = template;
        }

        api.GatewayResponses[type] = response;
    }

    private static Task<TestHost> StartAsync(Action<RestApiDefinition> configure, bool isStreaming = true) => TestHost.StartAsync(gateway => gateway.AddRestApi("api", api =>
    {
        api.Map("GET /x", static method => method.Mock())
            .Map("GET /unresolved", method => method.Http("http://backend.invalid", integration => integration.Streaming = isStreaming))
            .Map("GET /unreachable", method => method.Http(NobodyListens, integration => integration.Streaming = isStreaming))
            .Map("POST /post", method => method.Http(NobodyListens, integration => integration.Streaming = isStreaming))
            .Map("GET /no-template", method => method.Mock(200, integration =>
            {
                integration.Streaming = isStreaming;
                integration.RequestTemplates.Clear();
            }))
            .Stage("dev", ("version", "7"));
        api.Definition.Methods[0].Integration!.Streaming = isStreaming;
        configure(api.Definition);
    }));
}
