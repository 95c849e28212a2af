using System.Net;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Authorization;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary><c>@connections</c>, over HTTP and in process.</summary>
public sealed class CallbackTests
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private const string Unknown = "VNRUSeldSwMCIRQ=";

    [Fact]
    public async Task Post_ReachesTheClient()
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        using var response = await api.CallAsync(HttpMethod.Post, id, "héllo"u8.ToArray());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("héllo", await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData("@connections/")]
    [InlineData("%40connections/")]
    public async Task Post_IdRawOrEncoded_ReachesTheClient(string path)
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        using var raw = await api.Host.Client.PostAsync(new Uri($"/prod/{path}{id}", UriKind.Relative), new StringContent("raw"));
        using var encoded = await api.Host.Client.PostAsync(new Uri($"/prod/{path}{id.Replace("=", "%3D", StringComparison.Ordinal)}", UriKind.Relative), new StringContent("encoded"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (raw.StatusCode, encoded.StatusCode));
        Assert.Equal("raw", await socket.ReceiveAsync());
        Assert.Equal("encoded", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Post_Empty_SendsAnEmptyMessage()
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        using var response = await api.CallAsync(HttpMethod.Post, id, []);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await socket.ReceiveAsync());
    }

    [Fact]
    public async Task Post_NoUtf8_IsRepaired()
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        using var response = await api.CallAsync(HttpMethod.Post, id, [0x61, 0xC3, 0x28]);

        Assert.Equal("a\uFFFD(", await socket.ReceiveAsync());
    }

    [Theory]
    [InlineData(131_072, HttpStatusCode.OK)]
    [InlineData(131_073, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Post_Length_Limited(int length, HttpStatusCode status)
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        using var response = await api.CallAsync(HttpMethod.Post, id, Encoding.UTF8.GetBytes(new string('x', length)));

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal(length, (await socket.ReceiveAsync()).Length);
        }
        else
        {
            await AssertErrorAsync(response, "PayloadTooLargeException", """{"message":"Request Entity Too Large"}""");
        }
    }

    [Fact]
    public async Task Post_Unknown_410WithoutBody()
    {
        await using var api = await StartAsync();

        using var response = await api.CallAsync(HttpMethod.Post, Unknown, "x"u8.ToArray());

        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        await AssertErrorAsync(response, "GoneException", "");
    }

    [Fact]
    public async Task Post_MalformedId_400()
    {
        await using var api = await StartAsync();

        using var response = await api.CallAsync(HttpMethod.Post, "abc!", "x"u8.ToArray());

        var request = response.Headers.GetValues("x-amzn-RequestId").Single();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertErrorAsync(
            response, "BadRequestException", $$"""{"message":"Invalid connectionId: abc!","connectionId":"abc!","requestId":"{{request}}"}""");
    }

    [Theory]
    [InlineData("PUT", "prod", "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}""")]
    [InlineData("POST", "dev", "ForbiddenException", """{"message":"Forbidden"}""")]
    public async Task Call_MethodOrStageUnknown_403(string method, string stage, string type, string body)
    {
        await using var api = await StartAsync();

        using var response = await api.CallAsync(new HttpMethod(method), Unknown, stage: stage);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        await AssertErrorAsync(response, type, body);
    }

    [Fact]
    public async Task Get_TellsOfTheConnection()
    {
        var time = new ManualTimeProvider();
        await using var api = await StartAsync(time);
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;
        time.Advance(TimeSpan.FromMilliseconds(1500));
        await socket.SendAsync("x");
        await api.NextEventAsync();

        using var response = await api.CallAsync(HttpMethod.Get, id);

        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            """{"connectedAt":"2026-01-01T00:00:00.000Z","identity":{"sourceIp":"127.0.0.1","userAgent":"it's a+b/1 <x>"},"lastActiveAt":"2026-01-01T00:00:01.500Z"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Delete_ClosesAndDisconnects()
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        using var response = await api.CallAsync(HttpMethod.Delete, id);
        var closed = await socket.UntilClosedAsync();
        var context = (await api.NextEventAsync()).GetProperty("requestContext");
        using var post = await api.CallAsync(HttpMethod.Post, id, "x"u8.ToArray());
        using var again = await api.CallAsync(HttpMethod.Delete, id);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((1000, "Connection Closed Normally"), closed);
        Assert.Equal((1000, "Connection Closed Normally"), (context.GetProperty("disconnectStatusCode").GetInt32(), context.GetProperty("disconnectReason").GetString()));
        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (post.StatusCode, again.StatusCode));
    }

    [Fact]
    public async Task Post_FromDisconnect_410()
    {
        var status = new TaskCompletionSource<HttpStatusCode>();
        await using var api = new ChatApi();
        api.Function("end", async json =>
        {
            using var response = await api.CallAsync(HttpMethod.Post, json.GetProperty("requestContext").GetProperty("connectionId").GetString()!, "x"u8.ToArray());
            status.SetResult(response.StatusCode);
            return "{\"statusCode\":200}";
        });
        await api.StartAsync($$""" "$disconnect": {{ChatApi.Lambda("end")}} """);
        await using var socket = await api.ConnectAsync();

        await socket.CloseAsync();

        Assert.Equal(HttpStatusCode.Gone, await status.Task.InTime());
    }

    [Theory]
    [InlineData("execute-api:ManageConnections", "prod/POST/@connections/*", HttpStatusCode.OK)]
    [InlineData("execute-api:ManageConnections", "prod/DELETE/@connections/*", HttpStatusCode.Forbidden)]
    [InlineData("execute-api:Invoke", "*", HttpStatusCode.Forbidden)]
    public async Task Post_Signed_NeedsThePermission(string action, string resource, HttpStatusCode status)
    {
        var time = new ManualTimeProvider();
        var policy = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"{{action}}","Resource":"arn:aws:execute-api:*:*:chat/{{resource}}"}]}""";
        await using var api = await StartAsync(time, $$"""
            "Credentials": { "{{Id}}": { "SecretAccessKey": "{{Secret}}", "PrincipalArn": "arn:aws:iam::123456789012:user/ann", "Policies": [ {{JsonSerializer.Serialize(policy)}} ] } },
            """, access: "AWS_IAM");
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;
        using var request = TestClient.Request(HttpMethod.Post, api.Host.Client.BaseAddress!, $"/prod/@connections/{id.Replace("=", "%3D", StringComparison.Ordinal)}");
        request.Content = new StringContent("x");

        using var response = await api.Host.Client.SendAsync(TestSigner.Sign(request, Id, Secret, time.GetUtcNow(), "x"));

        Assert.Equal(status, response.StatusCode);
        if (status == HttpStatusCode.Forbidden)
        {
            Assert.Contains("is not authorized to perform: execute-api:ManageConnections on resource:", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Post_Unsigned_MissingAuthenticationToken()
    {
        await using var api = await StartAsync(access: "AWS_IAM");

        using var response = await api.CallAsync(HttpMethod.Post, Unknown, "x"u8.ToArray());

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        await AssertErrorAsync(response, "MissingAuthenticationTokenException", """{"message":"Missing Authentication Token"}""");
    }

    [Fact]
    public async Task InProcess_PostsFindsAndCloses()
    {
        await using var api = await StartAsync();
        var (socket, id) = await OpenAsync(api);
        await using var opened = socket;

        var posted = await api.Connections.PostAsync(id, "one", TestContext.Current.CancellationToken);
        var many = await api.Connections.PostToManyAsync([id, Unknown], "two"u8.ToArray(), TestContext.Current.CancellationToken);
        var entry = await api.Connections.FindAsync(id, TestContext.Current.CancellationToken);
        var one = await socket.ReceiveAsync();
        var two = await socket.ReceiveAsync();
        var closing = api.Connections.CloseAsync(id, TestContext.Current.CancellationToken).AsTask();
        var closed = await socket.UntilClosedAsync();
        await closing.InTime();
        await api.NextEventAsync();

        Assert.Equal(ConnectionOutcome.Delivered, posted);
        Assert.Equal([ConnectionOutcome.Delivered, ConnectionOutcome.Gone], many);
        Assert.Equal(("chat", "prod"), (entry?.ApiId, entry?.Stage));
        Assert.Equal(("one", "two"), (one, two));
        Assert.Equal((1000, "Connection Closed Normally"), closed);
        Assert.Equal(ConnectionOutcome.Gone, await api.Connections.PostAsync(id, "x", TestContext.Current.CancellationToken));
        Assert.Null(await api.Connections.FindAsync(id, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Handler_AnswersPostsAndRefuses()
    {
        await using var api = await new ChatApi().Gateway(static gateway => gateway
            .AddWebSocketHandler("connect", static message =>
            {
                if (message.GetQueryParameter("token") != "t")
                {
                    message.Refuse(401);
                }

                return default;
            })
            .AddWebSocketHandler("echo", static async message => await message.ReplyAsync($"{message.EventType} {message.RouteKey} {message.Text}"))
            .AddWebSocketHandler("fail", static _ => throw new InvalidOperationException("no"))).StartAsync(
            """
            "$connect": { "Integration": { "Type": "IN_PROCESS", "Handler": "connect" } },
            "fail": { "Integration": { "Type": "IN_PROCESS", "Handler": "fail" } },
            "$default": { "Integration": { "Type": "IN_PROCESS", "Handler": "echo" } }
            """);

        await using var socket = await api.ConnectAsync("/prod?token=t");

        Assert.Equal((401, ""), await api.ShakeAsync());
        Assert.Equal("Message $default hi", await socket.AskAsync("hi"));
        Assert.StartsWith("{\"message\": \"Internal server error\"", await socket.AskAsync("""{"action":"fail"}"""), StringComparison.Ordinal);
    }

    private static async Task<ChatApi> StartAsync(ManualTimeProvider? time = null, string more = "", string access = "NONE")
    {
        var api = new ChatApi().Function("echo");
        return await (time is null ? api : api.At(time)).StartAsync(
            $$""" "$disconnect": {{ChatApi.Lambda("echo")}}, "$default": {{ChatApi.Lambda("echo")}} """, more: more, access: access);
    }

    private static async Task<(TestSocket Socket, string Id)> OpenAsync(ChatApi api)
    {
        var socket = await api.ConnectAsync(configure: static client => client.Options.SetRequestHeader("User-Agent", "it's a+b/1 <x>"));
        await socket.SendAsync("who");
        return (socket, (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString()!);
    }

    private static async Task AssertErrorAsync(HttpResponseMessage response, string type, string body)
    {
        Assert.Equal(type, response.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }
}
