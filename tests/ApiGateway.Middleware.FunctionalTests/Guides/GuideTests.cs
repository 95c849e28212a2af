using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

/// <summary>The examples of the guides do what the guides say.</summary>
public sealed class GuideTests
{
    private static readonly string[] OfTheServer = ["Date", "Content-Length"];

    [Fact]
    public async Task GatewayResponses_Example_AnswersAsTheGuideSays()
    {
        var guide = new Guide("gateway-responses.md");
        var http = guide.BlocksOf("http");
        await using var customized = await StartAsync(GatewayResponsesExample.Configure);
        await using var plain = await StartAsync(static _ => { });

        Assert.Equal(Guide.CodeOf(nameof(GatewayResponsesExample)), Assert.Single(guide.BlocksOf("csharp")));
        Assert.Equal(http[2], await AnswerAsync(customized, http[1]));
        Assert.Equal(http[0], await AnswerAsync(plain, http[1]));
    }

    [Fact]
    public async Task GatewayResponses_ProblemDetails_AreThoseOfTheGuide()
    {
        var guide = new Guide("gateway-responses.md");
        await using var host = await StartAsync(static api => api.Definition.ErrorFormat = ErrorFormat.ProblemDetails);

        var body = await host.GetTextAsync("/dev/nothing");

        var example = Assert.Single(guide.BlocksOf("json"));
        Assert.StartsWith(example[..example.IndexOf("...", StringComparison.Ordinal)], body, StringComparison.Ordinal);
    }

    [Fact]
    public void GatewayResponses_Table_HasEveryType()
    {
        var guide = new Guide("gateway-responses.md");

        Assert.All(Enum.GetValues<GatewayResponseType>(), type => Assert.Contains($"\n| `{type.ToName()}` |", guide.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cors_Example_AnswersAsTheGuideSays()
    {
        var guide = new Guide("cors.md");
        var http = guide.BlocksOf("http");
        await using var host = await StartAsync(CorsExample.Configure);

        Assert.Equal(Guide.CodeOf(nameof(CorsExample)), Assert.Single(guide.BlocksOf("csharp")));
        Assert.Equal(http[1], await AnswerAsync(host, http[0]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebSocketApis_Example_AnswersAsTheGuideSays(bool isCode)
    {
        var guide = new Guide("websocket-apis.md");
        var settings = System.Text.Json.JsonDocument.Parse(Assert.Single(guide.BlocksOf("json"))).RootElement.GetProperty("ApiGateway").GetRawText();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = isCode ? null : settings,
            Gateway = gateway =>
            {
                WebSocketHandlersExample.Configure(gateway);
                if (isCode)
                {
                    WebSocketApisExample.Configure(gateway);
                }
            },
        });
        using var client = new System.Net.WebSockets.ClientWebSocket();
        await using var socket = new WebSockets.TestSocket(client);
        using var refused = new System.Net.WebSockets.ClientWebSocket();
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/prod?name=ann"), default);

        Assert.Equal(
            [Guide.CodeOf(nameof(WebSocketApisExample)), Guide.CodeOf(nameof(WebSocketHandlersExample))], guide.BlocksOf("csharp"));
        Assert.Equal("""{"action":"say"}""", await socket.AskAsync("""{"action":"say"}"""));
        Assert.Equal("""{"help":"{\"action\":\"say\"}"}""", await socket.AskAsync("hello"));
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => refused.ConnectAsync(new Uri($"ws://127.0.0.1:{host.Port}/prod"), default));
    }

    [Fact]
    public async Task Testing_Example_GivesAResult()
    {
        var guide = new Guide("testing.md");
        await using var host = await TestHost.StartAsync(static gateway => gateway.AddRestApi(
            "orders", static api => api.Map("POST /orders/{id}", static method => method.Mock(201)).Stage("dev")));

        var result = await TestInvokeExample.RunAsync(host.Services);

        Assert.Equal(Guide.CodeOf(nameof(TestInvokeExample)), Assert.Single(guide.BlocksOf("csharp")));
        Assert.Equal(201, result.Status);
        Assert.Contains(" : Method request headers: {X-Tenant=acme}\n", result.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorization_Settings_DoWhatTheGuideSays()
    {
        var json = new Guide("authorization.md").BlocksOf("json");
        var settings = System.Text.Json.JsonDocument.Parse(json[0]).RootElement.GetProperty("ApiGateway").GetRawText();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = settings,
            Gateway = static gateway => gateway.AddAuthorizer(
                "partners", static (request, _) => new(request.Token == "good" ? AuthorizationResult.Allow("a") : AuthorizationResult.Unauthorized())),
        });

        using var good = await host.SendAsync(HttpMethod.Get, "/dev/orders", ("Authorization", "good"));
        using var bad = await host.SendAsync(HttpMethod.Get, "/dev/orders", ("Authorization", "bad"));

        Assert.Equal((200, 401), ((int)good.StatusCode, (int)bad.StatusCode));
    }

    [Fact]
    public async Task Authorization_SettingsOfHttpApis_DoWhatTheGuideSays()
    {
        var guide = new Guide("authorization.md");
        var settings = guide.BlocksOf("json").Single(static json => json.Contains("\"HTTP\"", StringComparison.Ordinal));
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = System.Text.Json.JsonDocument.Parse(settings).RootElement.GetProperty("ApiGateway").GetRawText(),
            Gateway = static gateway => gateway.AddLambdaFunction("check-partner", static (_, answer, _, _) =>
            {
                System.Buffers.BuffersExtensions.Write(answer, "{\"isAuthorized\":true}"u8);
                return ValueTask.CompletedTask;
            }),
        });

        using var orders = await host.GetAsync("/orders");
        using var malformed = await host.SendAsync(HttpMethod.Get, "/orders", ("Authorization", "Bearer x"));
        using var unknown = await host.GetAsync("/stock");
        using var partner = await host.SendAsync(HttpMethod.Get, "/stock", ("X-Key", "k"));
        using var audit = await host.GetAsync("/audit");

        Assert.Equal((401, 401, 401, 200, 403), ((int)orders.StatusCode, (int)malformed.StatusCode, (int)unknown.StatusCode, (int)partner.StatusCode, (int)audit.StatusCode));
        Assert.Equal("Bearer", orders.Headers.WwwAuthenticate.ToString());
        Assert.Contains("scope=\"orders.read\" error=\"invalid_token\"", malformed.Headers.GetValues("WWW-Authenticate").Single(), StringComparison.Ordinal);
        Assert.Equal("{\"message\":\"Forbidden\"}", await audit.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Authorization_Tokens_AreWiredAsTheGuideSays()
    {
        var json = new Guide("authorization.md").BlocksOf("json").Single(
            static block => block.Contains("\"JWT\"", StringComparison.Ordinal) && !block.Contains("\"HTTP\"", StringComparison.Ordinal));
        await using var host = await TestHost.StartAsync(new TestHostSetup { Settings = $$"""{ "Apis": { "shop": {{json[..json.LastIndexOf('}')]}}, "Stages": { "dev": {} } } } }""" });

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/orders", ("Authorization", "Bearer a.b.c"));

        await Refusal.AssertAsync(response, System.Net.HttpStatusCode.Unauthorized, "UnauthorizedException", """{"message":"Unauthorized"}""");
        Assert.Empty(host.Logs.Warnings);
    }

    [Fact]
    public async Task Authorization_Policy_KeepsOutOtherAddresses()
    {
        var json = new Guide("authorization.md").BlocksOf("json");
        await using var outside = await StartAsync(api => api.Definition.Policy = json[^1]);

        var body = await outside.GetTextAsync("/dev/orders");

        Assert.EndsWith("with an explicit deny\"}", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HttpApis_Example_DoesWhatTheGuideSays(bool isCode)
    {
        var guide = new Guide("http-apis.md");
        Assert.Equal(Guide.CodeOf(nameof(HttpApisExample)), Assert.Single(guide.BlocksOf("csharp")));
        await using var backend = await TestBackend.StartAsync();
        var settings = System.Text.Json.JsonDocument.Parse(guide.BlocksOf("json")[0]).RootElement.GetProperty("ApiGateway").GetRawText();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = isCode ? null : settings.Replace("127.0.0.1:9000", backend.Authority, StringComparison.Ordinal),
            Gateway = gateway =>
            {
                gateway.AddHandler("form", static http => http.Response.WriteAsync("form")).AddHandler("rest", static http => http.Response.WriteAsync("rest"));
                if (isCode)
                {
                    HttpApisExample.Configure(gateway);
                }
            },
            Time = new ManualTimeProvider(),
        });

        Assert.Equal("form", await host.GetTextAsync("/orders/new", "localhost"));
        Assert.Equal("""{"message":"Too Many Requests"}""", await host.GetTextAsync("/orders/new", "localhost"));
        Assert.Equal("form", await host.GetTextAsync("/dev/orders/new", "localhost"));
        Assert.Equal("rest", await host.GetTextAsync("/orders/new/", "localhost"));
        if (!isCode)
        {
            Assert.Equal("backend", await host.GetTextAsync("/orders/7", "localhost"));
            Assert.Equal("/orders/7", (await backend.NextAsync()).Target);
        }
    }

    private static Task<TestHost> StartAsync(Action<RestApiBuilder> configure) => TestHost.StartAsync(gateway => gateway.AddRestApi("api", api =>
    {
        api.Map("GET /orders", static method => method.Mock()).Map("POST /orders", static method => method.Mock()).Stage("dev");
        configure(api);
    }));

    /// <summary>Sends a request as a guide writes it, and writes the answer as a guide does: headers by name, without those of the server.</summary>
    private static async Task<string> AnswerAsync(TestHost host, string request)
    {
        var lines = request.Split('\n');
        await using var connection = await host.ConnectAsync();
        await connection.SendRequestAsync(lines[0], lines.AsSpan(1));
        var answer = (await connection.ReadToEndAsync()).Split("\r\n\r\n", 2);
        var head = answer[0].Split("\r\n");
        var headers = head[1..]
            .Where(static line => !OfTheServer.Contains(line.Split(':')[0]) && line != "Connection: close")
            .Order(StringComparer.Ordinal);
        return string.Join('\n', [head[0], .. headers, "", answer[1]]).TrimEnd('\n') + (answer[1].Length == 0 ? "\n" : "");
    }
}
