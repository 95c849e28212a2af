using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>What the execution log of a stage tells of messages.</summary>
public sealed class ExecutionLogTests
{
    private static readonly string Routes =
        $$""" "$default": {{ChatApi.Lambda("echo", isTwoWay: true)}}, "broken": { "Integration": { "Type": "MOCK" } } """;

    [Fact]
    public async Task Info_WithData_TellsEachStepWithBodies()
    {
        await using var api = await StartAsync(""" "LoggingLevel": "INFO", "DataTraceEnabled": true """);
        await using var socket = await api.ConnectAsync();

        await socket.AskAsync("hello");
        var lines = await LinesAsync(api, 9);

        Assert.All(lines, static line => Assert.Equal(LogLevel.Information, line.Level));
        Assert.Collection(
            lines.Select(static line => line.Message[(line.Message.IndexOf(')', StringComparison.Ordinal) + 2)..]),
            static line => Assert.StartsWith("Starting execution for request: ", line, StringComparison.Ordinal),
            static line => Assert.Matches("^Event: MESSAGE, Connection: [A-Za-z0-9_-]{15}=, Route: \\$default$", line),
            static line => Assert.Equal("Request body before transformations: hello", line),
            static line => Assert.StartsWith("Endpoint request URI: ", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("Endpoint request body after transformations: {", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("Sending request to ", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("Received response. Status: 200", line, StringComparison.Ordinal),
            static line => Assert.StartsWith("Endpoint response body before transformations: {", line, StringComparison.Ordinal),
            static line => Assert.Equal("Response body after transformations: ok", line));
        Assert.Equal(["Successfully completed execution", "Completed with status: 200"], (await LinesAsync(api, 2)).Select(static line => line.Message[19..]));
    }

    [Fact]
    public async Task Info_WithoutData_TellsNoBodies()
    {
        await using var api = await StartAsync(""" "LoggingLevel": "INFO" """);
        await using var socket = await api.ConnectAsync();

        await socket.AskAsync("hello");
        var lines = await LinesAsync(api, 7);

        Assert.DoesNotContain(lines, static line => line.Message.Contains("body", StringComparison.OrdinalIgnoreCase));
        Assert.EndsWith("Completed with status: 200", lines[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_TellsWhatFailsAlone()
    {
        await using var api = await StartAsync(""" "LoggingLevel": "ERROR" """);
        await using var socket = await api.ConnectAsync();

        await socket.AskAsync("hello");
        await socket.AskAsync("""{"action":"broken"}""");
        var lines = await LinesAsync(api, 4);

        Assert.All(lines, static line => Assert.Equal(LogLevel.Error, line.Level));
        Assert.Contains("Route: broken", lines[1].Message, StringComparison.Ordinal);
        Assert.Contains("Execution failed", lines[2].Message, StringComparison.Ordinal);
        Assert.EndsWith("Completed with status: 500", lines[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_ConnectionRefused_TellsTheStatus()
    {
        await using var api = await new ChatApi().Function("no", """{"statusCode":401}""").StartAsync(
            $""" "$connect": {ChatApi.Lambda("no")} """, stage: """ "RouteSettings": { "$connect": { "LoggingLevel": "INFO" } } """);

        await api.ShakeAsync();
        var lines = await LinesAsync(api, 7);

        Assert.Contains("Event: CONNECT, ", lines[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("Completed with status: 401", lines[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Off_TellsNothing()
    {
        await using var api = await StartAsync(""" "DataTraceEnabled": true """);
        await using var socket = await api.ConnectAsync();

        await socket.AskAsync("hello");
        await socket.CloseAsync();
        await api.Host.StopAsync();

        Assert.Equal(0, api.Host.Logs.Count("ExecutionLog"));
    }

    private static Task<ChatApi> StartAsync(string setting) =>
        new ChatApi().Function("echo", """{"statusCode":200,"body":"ok"}""").StartAsync(Routes, stage: $$""" "DefaultRouteSettings": { {{setting}} } """);

    private static async Task<List<LogEntry>> LinesAsync(ChatApi api, int count)
    {
        var lines = new List<LogEntry>();
        while (lines.Count < count)
        {
            lines.Add(await api.Host.Logs.NextAsync("ExecutionLog"));
        }

        return lines;
    }
}
