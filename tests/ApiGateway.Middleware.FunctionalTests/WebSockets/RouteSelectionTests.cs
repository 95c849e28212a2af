using System.Text.Json;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>Which route takes a message.</summary>
public sealed class RouteSelectionTests
{
    private const string Body = """{"service":"chat","action":"join","data":{"room":"r1"}}""";

    [Theory]
    [InlineData("$request.body.action", "join")]
    [InlineData("${request.body.action}", "join")]
    [InlineData("${request.body.service}/${request.body.action}", "chat/join")]
    [InlineData("${request.body.action}-${request.body.invalidPath}", "join-")]
    [InlineData("action", "action")]
    [InlineData("\\$default", "$default")]
    [InlineData("$request.body.nope", "$default")]
    public async Task Expression_EachOfTheGuide_SelectsItsRoute(string selection, string route)
    {
        await using var api = await new ChatApi().Function("echo")
            .StartAsync($$""" "{{route}}": {{ChatApi.Lambda("echo")}}, "other": {{ChatApi.Lambda("echo")}} """, selection: selection);
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync(Body);

        var json = await api.NextEventAsync();
        Assert.Equal(route, json.GetProperty("requestContext").GetProperty("routeKey").GetString());
        Assert.Equal(Body, json.GetProperty("body").GetString());
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("{\"action\":\"join\",}")]
    [InlineData("{\"action\":\"unknown\"}")]
    [InlineData("{\"action\":\"$connect\"}")]
    [InlineData("{\"action\":\"JOIN\"}")]
    [InlineData("[1]")]
    public async Task Message_ThatNoRouteTakes_GoesToDefault(string text)
    {
        await using var api = await new ChatApi().Function("echo")
            .StartAsync($$""" "join": {{ChatApi.Lambda("echo")}}, "$default": {{ChatApi.Lambda("echo")}} """);
        await using var socket = await api.ConnectAsync();

        await socket.SendAsync(text);

        var json = await api.NextEventAsync();
        Assert.Equal("$default", json.GetProperty("requestContext").GetProperty("routeKey").GetString());
        Assert.Equal(text, json.GetProperty("body").GetString());
    }

    [Fact]
    public async Task Message_WithoutDefault_ForbiddenAndTheNextStillWorks()
    {
        await using var api = await new ChatApi().Function("echo", json => JsonSerializer.Serialize(new { statusCode = 200, body = "ok" }))
            .StartAsync($$""" "join": {{ChatApi.Lambda("echo", isTwoWay: true)}} """);
        await using var socket = await api.ConnectAsync();

        var frame = await socket.AskAsync("hello");
        var next = await socket.AskAsync("""{"action":"join"}""");

        var id = (await api.NextEventAsync()).GetProperty("requestContext").GetProperty("connectionId").GetString();
        var request = JsonElement.Parse(frame).GetProperty("requestId").GetString();
        Assert.Equal($$"""{"message": "Forbidden", "connectionId":"{{id}}", "requestId":"{{request}}"}""", frame);
        Assert.Matches("^[A-Za-z0-9_-]{15}=$", request);
        Assert.Matches("^[A-Za-z0-9_-]{15}=$", id);
        Assert.Equal("ok", next);
    }

    [Fact]
    public async Task Route_WithoutTarget_InternalServerError()
    {
        await using var api = await new ChatApi().StartAsync(""" "join": {} """);
        await using var socket = await api.ConnectAsync();

        var frame = await socket.AskAsync("""{"action":"join"}""");

        Assert.StartsWith("{\"message\": \"Internal server error\", \"connectionId\":\"", frame, StringComparison.Ordinal);
    }
}
