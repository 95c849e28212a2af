using System.Net;
using System.Net.WebSockets;
using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>Who may open a connection, and what others are told.</summary>
public sealed class HandshakeTests
{
    [Theory]
    [InlineData("/prod")]
    [InlineData("/prod/")]
    [InlineData("/prod?a=1")]
    public async Task Handshake_WithoutConnectRoute_101(string target)
    {
        await using var api = await new ChatApi().StartAsync("");

        await using var socket = await api.ConnectAsync(target);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.Socket.HttpStatusCode);
        Assert.Null(socket.Socket.SubProtocol);
        Assert.False(socket.Socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
    }

    [Theory]
    [InlineData("chat.example.com", "/live")]
    [InlineData("chat.example.com", "/live/")]
    [InlineData("root.example.com", "/")]
    public async Task DomainName_ItsMapping_LeadsToTheStage(string host, string path)
    {
        await using var api = await new ChatApi().Function("echo").StartAsync(
            $""" "$connect": {ChatApi.Lambda("echo")}, "$default": {ChatApi.Lambda("echo")} """,
            more: """
            "DomainNames": {
              "chat.example.com": { "BasePathMappings": [ { "BasePath": "live", "RestApiId": "chat", "Stage": "prod" } ] },
              "root.example.com": { "BasePathMappings": [ { "RestApiId": "chat", "Stage": "prod" } ] }
            },
            """);
        await using var socket = await api.ConnectAsync(path, client => client.Options.SetRequestHeader("Host", host));
        var context = (await api.NextEventAsync()).GetProperty("requestContext");
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(api.Host.Client.BaseAddress!, $"{path.TrimEnd('/')}/@connections/{Uri.EscapeDataString(context.GetProperty("connectionId").GetString()!)}"));
        request.Headers.Host = host;
        request.Content = new StringContent("hi");

        using var posted = await api.Host.Client.SendAsync(request);

        Assert.Equal(("prod", host), (context.GetProperty("stage").GetString(), context.GetProperty("domainName").GetString()));
        Assert.Equal(HttpStatusCode.OK, posted.StatusCode);
        Assert.Equal("hi", await socket.ReceiveAsync());
        Assert.Equal((403, """{"message":"Forbidden"}"""), await api.ShakeAsync("/other", ("Host", host)));
    }

    [Fact]
    public async Task DefaultHost_Disabled_HandshakeAndCallbackAreForbidden()
    {
        const string Host = "chat.execute-api.us-east-1.amazonaws.com";
        await using var api = await new ChatApi().StartAsync(""" "$default": { "Integration": { "Type": "MOCK" } } """, """ "DisableExecuteApiEndpoint": true, """);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api.Host.Client.BaseAddress!, "/prod/@connections/VNRUSeldSwMCIRQ%3D"));
        request.Headers.Host = Host;

        var handshake = await api.ShakeAsync("/prod", ("Host", Host));
        using var callback = await api.Host.Client.SendAsync(request);

        Assert.Equal((403, """{"message":"Forbidden"}"""), handshake);
        Assert.Equal((HttpStatusCode.Forbidden, """{"message":"Forbidden"}"""), (callback.StatusCode, await callback.Content.ReadAsStringAsync()));
        Assert.Equal((101, ""), await api.ShakeAsync());
    }

    [Fact]
    public async Task Request_WithoutUpgrade_426()
    {
        await using var api = await new ChatApi().StartAsync("");

        using var response = await api.Host.GetAsync("/prod");

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("""{"message":"Upgrade Required"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("websocket", response.Headers.Upgrade.ToString());
        Assert.Contains("Upgrade", response.Headers.Connection);
    }

    [Fact]
    public async Task Request_OfOtherMethod_426()
    {
        await using var api = await new ChatApi().StartAsync("");

        using var response = await api.Host.SendAsync(HttpMethod.Post, "/prod");

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Fact]
    public async Task Version_Other_400AndTheRightOne()
    {
        await using var api = await new ChatApi().StartAsync("");

        using var response = await api.Host.SendAsync(
            HttpMethod.Get, "/prod", ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "8"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("13", response.Headers.GetValues("Sec-WebSocket-Version").Single());
    }

    [Theory]
    [InlineData("/dev")]
    [InlineData("/")]
    [InlineData("/prod/more")]
    public async Task Stage_Unknown_403(string target)
    {
        await using var api = await new ChatApi().StartAsync("");

        Assert.Equal((403, """{"message":"Forbidden"}"""), await api.ShakeAsync(target));
    }

    [Fact]
    public async Task Url_LongerThan4096_414()
    {
        await using var api = await new ChatApi().StartAsync("");

        var (status, _) = await api.ShakeAsync("/prod?a=" + new string('x', 4096));

        Assert.Equal(414, status);
    }

    [Fact]
    public async Task Deflate_Offered_Ignored()
    {
        await using var api = await new ChatApi().Function("echo", """{"statusCode":200,"body":"x"}""")
            .StartAsync($$""" "$default": {{ChatApi.Lambda("echo", isTwoWay: true)}} """);

        await using var socket = await api.ConnectAsync(configure: static client => client.Options.DangerousDeflateOptions = new WebSocketDeflateOptions());

        Assert.False(socket.Socket.HttpResponseHeaders!.ContainsKey("Sec-WebSocket-Extensions"));
        Assert.Equal("x", await socket.AskAsync("hello"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public async Task Connect_Says2xx_Opened(int status)
    {
        await using var api = await new ChatApi().Function("connect", $$"""{"statusCode":{{status}}}""").StartAsync($$""" "$connect": {{ChatApi.Lambda("connect")}} """);

        await using var socket = await api.ConnectAsync();

        Assert.Equal(WebSocketState.Open, socket.Socket.State);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(418)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Connect_SaysOther_RefusedWithThatStatusAndNoBody(int status)
    {
        await using var api = await new ChatApi()
            .Function("connect", $$"""{"statusCode":{{status}},"headers":{"X-A":"1"},"body":"no"}""").Function("disconnect")
            .StartAsync($$""" "$connect": {{ChatApi.Lambda("connect")}}, "$disconnect": {{ChatApi.Lambda("disconnect")}} """);

        var answer = await api.ShakeAsync();

        var id = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString()!;
        using var post = await api.CallAsync(HttpMethod.Post, id, "x"u8.ToArray());
        Assert.Equal((status, ""), answer);
        Assert.Equal(HttpStatusCode.Gone, post.StatusCode);
        Assert.Equal(0, api.EventCount);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("""{"statusCode":"200"}""")]
    public async Task Connect_ThrowsOrSaysNothing_502WithIds(string? answer)
    {
        await using var api = await new ChatApi().Function("connect", answer).StartAsync($$""" "$connect": {{ChatApi.Lambda("connect")}} """);

        var (status, body) = await api.ShakeAsync();

        var context = (await api.NextEventAsync()).GetProperty("requestContext");
        Assert.Equal(502, status);
        Assert.Equal(
            $$"""{"message":"Internal server error","connectionId":"{{context.GetProperty("connectionId")}}","requestId":"{{context.GetProperty("requestId")}}"}""", body);
    }

    [Theory]
    [InlineData("""{"statusCode":200}""", null)]
    [InlineData("""{"statusCode":200,"headers":{"sec-websocket-protocol":"b"}}""", "b")]
    [InlineData("""{"statusCode":200,"headers":{"Sec-WebSocket-Protocol":"B"}}""", "b")]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"Sec-WebSocket-Protocol":["a"]}}""", "a")]
    [InlineData("""{"statusCode":200,"multiValueHeaders":{"Sec-WebSocket-Protocol":["a","b"]}}""", null)]
    [InlineData("""{"statusCode":200,"headers":{"sec-websocket-protocol":"c"}}""", null)]
    public async Task Subprotocol_IsThatOfTheAnswer(string answer, string? chosen)
    {
        await using var api = await new ChatApi().Function("connect", answer).StartAsync($$""" "$connect": {{ChatApi.Lambda("connect")}} """);

        var (status, headers) = await OfferAsync(api);

        Assert.Equal(HttpStatusCode.SwitchingProtocols, status);
        Assert.Equal(chosen, headers);
        Assert.Equal("a, b", (await api.NextEventAsync()).GetProperty("headers").GetProperty("Sec-WebSocket-Protocol").GetString());
    }

    [Fact]
    public async Task Connect_PostsToItsOwnConnection_410()
    {
        await using var api = new ChatApi();
        api.Function("connect", async json =>
        {
            using var response = await api.CallAsync(HttpMethod.Post, json.GetProperty("requestContext").GetProperty("connectionId").GetString()!, "hi"u8.ToArray());
            return $$"""{"statusCode":{{(int)response.StatusCode}}}""";
        });
        await api.StartAsync($$""" "$connect": {{ChatApi.Lambda("connect")}} """);

        Assert.Equal((410, ""), await api.ShakeAsync());
    }

    [Fact]
    public async Task Connect_EventOfTheGuide()
    {
        await using var api = await new ChatApi().Function("connect").StartAsync($$""" "$connect": {{ChatApi.Lambda("connect")}} """);

        await using var socket = await api.ConnectAsync("/prod?a=1&a=2", static client =>
        {
            client.Options.SetRequestHeader("User-Agent", "tests");
            client.Options.SetRequestHeader("X-One", "1");
        });

        var json = await api.NextEventAsync();
        var context = json.GetProperty("requestContext");
        Assert.Equal(
            ["headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "requestContext", "isBase64Encoded"],
            json.EnumerateObject().Select(static member => member.Name));
        Assert.Equal("1", json.GetProperty("headers").GetProperty("X-One").GetString());
        Assert.False(json.GetProperty("headers").TryGetProperty("Upgrade", out _));
        Assert.False(json.GetProperty("headers").TryGetProperty("Connection", out _));
        Assert.Equal("2", json.GetProperty("queryStringParameters").GetProperty("a").GetString());
        Assert.Equal("""["1","2"]""", json.GetProperty("multiValueQueryStringParameters").GetProperty("a").GetRawText());
        Assert.Equal("$connect", context.GetProperty("routeKey").GetString());
        Assert.Equal("CONNECT", context.GetProperty("eventType").GetString());
        Assert.Equal("IN", context.GetProperty("messageDirection").GetString());
        Assert.Equal("prod", context.GetProperty("stage").GetString());
        Assert.Equal("127.0.0.1", context.GetProperty("identity").GetProperty("sourceIp").GetString());
        Assert.Equal("tests", context.GetProperty("identity").GetProperty("userAgent").GetString());
        Assert.Equal("127.0.0.1", context.GetProperty("domainName").GetString());
        Assert.Equal("chat", context.GetProperty("apiId").GetString());
        Assert.Equal(context.GetProperty("requestId").GetString(), context.GetProperty("extendedRequestId").GetString());
        Assert.False(context.TryGetProperty("authorizer", out _));
        Assert.False(json.GetProperty("isBase64Encoded").GetBoolean());
    }

    private static async Task<(HttpStatusCode Status, string? Subprotocol)> OfferAsync(ChatApi api)
    {
        // .NET's client refuses an answer without a subprotocol, as browsers do.
        using var request = TestClient.Request(HttpMethod.Get, api.Host.Client.BaseAddress!, "/prod");
        foreach (var (name, value) in new[]
            { ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13"), ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="), ("Sec-WebSocket-Protocol", "a, b") })
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await api.Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (response.StatusCode, response.Headers.TryGetValues("Sec-WebSocket-Protocol", out var values) ? values.Single() : null);
    }
}
