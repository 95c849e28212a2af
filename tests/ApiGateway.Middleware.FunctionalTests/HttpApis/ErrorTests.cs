using System.Net;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>The gateway's own answers of HTTP APIs, to the byte.</summary>
public sealed class ErrorTests
{
    private const int Limit = 10_240;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Throttled_Route_IsAnsweredWithoutContentType()
    {
        await using var host = await StartAsync("""
            "GET /x": { "AuthorizationType": "AWS_IAM", "Integration": { "Type": "IN_PROCESS", "Handler": "h" } }
            """, """ "RouteSettings": { "GET /x": { "ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 0 } } """);

        // Before anybody is asked who calls.
        Assert.Equal(
            "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 31\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Too Many Requests\"}",
            await AnswerAsync(host, "GET /dev/x HTTP/1.1"));
    }

    [Fact]
    public async Task Forbidden_Caller_IsAnsweredWithoutContentType()
    {
        await using var host = await StartAsync("""
            "GET /x": { "AuthorizationType": "AWS_IAM", "Integration": { "Type": "IN_PROCESS", "Handler": "h" } }
            """);

        Assert.Equal(
            "HTTP/1.1 403 Forbidden\r\nContent-Length: 23\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Forbidden\"}",
            await AnswerAsync(host, "GET /dev/x HTTP/1.1"));
    }

    [Fact]
    public async Task Target_Missing_IsAServerError()
    {
        await using var host = await StartAsync(""" "GET /x": {} """);

        Assert.Equal(
            "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 35\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n" +
            "{\"message\":\"Internal Server Error\"}",
            await AnswerAsync(host, "GET /dev/x HTTP/1.1"));
    }

    [Fact]
    public async Task Backend_Unreachable_IsUnavailable()
    {
        await using var host = await StartAsync(""" "GET /x": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://127.0.0.1:1/" } } """);

        Assert.Equal(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 33\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Service Unavailable\"}",
            await AnswerAsync(host, "GET /dev/x HTTP/1.1"));
    }

    [Theory]
    [InlineData("/dev/a/../b")]
    [InlineData("/dev/%zz")]
    public async Task Path_Malformed_IsABadRequest(string path)
    {
        await using var host = await StartAsync(BothKinds.Handled("$default"));

        Assert.Equal(
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 25\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n" +
            "{\"message\":\"Bad Request\"}",
            await AnswerAsync(host, $"GET {path} HTTP/1.1"));
    }

    [Fact]
    public async Task RequestLineAndHeaders_AtAndOverTheLimit_AreServedAndRefused()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"));
        const string Line = "GET /dev/x HTTP/1.1";
        var rest = Limit - Line.Length - "localhost".Length - "close".Length;

        Assert.StartsWith("HTTP/1.1 200 ", await AnswerAsync(host, Line, "X-A: " + new string('a', rest)), StringComparison.Ordinal);
        Assert.Equal(
            "HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 45\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n" +
            "{\"message\":\"Request Header Fields Too Large\"}",
            await AnswerAsync(host, Line, "X-A: " + new string('a', rest + 1)));
        Assert.StartsWith("HTTP/1.1 431 ", await AnswerAsync(host, $"GET /dev/x?{new string('a', Limit)} HTTP/1.1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_OverTenMegabytes_IsRefusedWhereNothingStreams()
    {
        await using var host = await StartAsync(
            """ "POST /x": { "Integration": { "Type": "HTTP_PROXY", "Uri": "http://127.0.0.1:1/", "Streaming": false } } """);

        Assert.Equal(
            "HTTP/1.1 413 Payload Too Large\r\nContent-Length: 38\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n" +
            "{\"message\":\"Request Entity Too Large\"}",
            await AnswerAsync(host, "POST /dev/x HTTP/1.1", $"Content-Length: {(10 * 1024 * 1024) + 1}"));
    }

    [Fact]
    public async Task Arn_OverItsLimit_IsRefusedWhereCallersAreAuthorized()
    {
        await using var host = await StartAsync(
            """ "ANY /{proxy+}": { "AuthorizationType": "CUSTOM", "AuthorizerId": "a", "Integration": { "Type": "IN_PROCESS", "Handler": "h" } } """,
            api: """, "Authorizers": { "a": { "Type": "REQUEST", "Handler": "a" } } """);

        Assert.Equal(
            "HTTP/1.1 414 URI Too Long\r\nContent-Length: 26\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n" +
            "{\"message\":\"URI Too Long\"}",
            await AnswerAsync(host, $"GET /dev/{new string('a', 1600)} HTTP/1.1"));
        Assert.StartsWith("HTTP/1.1 200 ", await AnswerAsync(host, "PURGE /dev/a HTTP/1.1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoRoute_InTheLog_HasTheNameOfItsType()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"));

        using var response = await host.GetAsync("/dev/nothing");

        Assert.Contains("RESOURCE_NOT_FOUND", (await host.Logs.NextAsync("Rejected")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DefaultHost_Disabled_IsNotFound()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), api: """, "DisableExecuteApiEndpoint": true""");
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync("GET /dev/x HTTP/1.1\r\nHost: api.execute-api.us-east-1.amazonaws.com\r\nConnection: close\r\n\r\n");

        Assert.Equal(
            "HTTP/1.1 404 Not Found\r\nContent-Length: 23\r\nConnection: close\r\nContent-Type: application/json\r\napigw-requestid: *\r\n\r\n{\"message\":\"Not Found\"}",
            Normal(await connection.ReadToEndAsync()));
    }

    [Fact]
    public async Task DefaultHost_Each_ServesTheApi()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"));

        Assert.Equal("ok", await host.GetTextAsync("/dev/x", "api.execute-api.us-east-1.amazonaws.com"));
    }

    [Fact]
    public async Task ErrorFormat_ProblemDetails_TellsTheShortId()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), api: """, "ErrorFormat": "ProblemDetails" """);

        using var response = await host.GetAsync("/dev/y");

        var id = response.Headers.GetValues("apigw-requestid").Single();
        Assert.Equal(
            $$"""{"type":"about:blank","title":"Not Found","status":404,"detail":"Not Found","requestId":"{{id}}"}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task Ids_SwitchedOff_AreMissing()
    {
        await using var host = await StartAsync(BothKinds.Handled("GET /x"), api: """, "ResponseIds": false""");

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("apigw-requestid"));
    }

    private static async Task<string> AnswerAsync(TestHost host, string line, params string[] headers)
    {
        await using var connection = await host.ConnectAsync();
        await connection.SendRequestAsync(line, headers);
        return Normal(await connection.ReadToEndAsync());
    }

    private static string Normal(string answer) =>
        Regex.Replace(Regex.Replace(answer, "Date: [^\r]+\r\n", ""), "apigw-requestid: [A-Za-z0-9_-]{15}=", "apigw-requestid: *");

    private Task<TestHost> StartAsync(string routes, string stage = "", string api = "") => BothKinds.StartAsync(
        BothKinds.Settings(BothKinds.Http, routes, api, stage),
        static gateway => gateway
            .AddHandler("h", static http => http.Response.WriteAsync("ok"))
            .AddAuthorizer("a", static (_, _) => ValueTask.FromResult(Contracts.AuthorizationResult.Allow("someone"))),
        _time);
}
