using System.Collections.Concurrent;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;

namespace ApiGateway.Middleware.FunctionalTests.Validation;

/// <summary>Clients that are many, slow, or gone.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task ManyAtOnce_EachGetsItsOwnVerdict()
    {
        const int Clients = 16;
        const int Requests = 150;
        await using var host = await StartAsync();
        var wrong = new ConcurrentQueue<string>();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = 0; i < Requests; i++)
            {
                var subject = $"{client}-{i}-{new string('x', i * 7)}";
                var (query, body, expected) = ((client + i) % 4) switch
                {
                    0 => ("", "{}", "Missing required request parameters: [a]"),
                    1 => ("?a=1", $$"""{"to":1,"subject":"{{subject}}"}""", "Invalid request body"),
                    2 => ("?a=1", $"{subject}", "Invalid request body"),
                    _ => ("?a=1", $$"""{"to":"a","subject":"{{subject}}"}""", ""),
                };
                using var response = await host.PostAsync("/dev/x" + query, body);
                var text = await response.Content.ReadAsStringAsync();
                if (text != (expected.Length == 0 ? body : $$"""{"message": "{{expected}}"}"""))
                {
                    wrong.Enqueue($"{client}-{i}: {(int)response.StatusCode} {text}");
                }
            }
        })));

        Assert.Empty(wrong);
        Assert.Empty(host.Logs.Warnings);
    }

    [Theory]
    [InlineData("\"a\",\"subject\":\"b\"}", 200)]
    [InlineData("1,\"subject\":\"b\"}", 400)]
    public async Task SlowBody_IsJudgedWhenItIsWhole(string rest, int status)
    {
        await using var host = await StartAsync();
        await using var connection = await host.ConnectAsync();
        var length = "{\"to\":".Length + rest.Length;

        await connection.SendRequestAsync("POST /dev/x?a=1 HTTP/1.1", $"Content-Length: {length}", "Expect: 100-continue");
        var goOn = await connection.ReadHeadAsync();
        foreach (var piece in "{\"to\":" + rest)
        {
            await connection.SendAsync(piece.ToString());
        }

        Assert.StartsWith("HTTP/1.1 100 ", goOn, StringComparison.Ordinal);
        Assert.StartsWith($"HTTP/1.1 {status} ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingParameter_IsToldWithoutWaitingForTheBody()
    {
        await using var host = await StartAsync();
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("POST /dev/x HTTP/1.1", "Content-Length: 1000");

        Assert.StartsWith("HTTP/1.1 400 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientThatHangsUpInItsBody_IsNoFaultOfTheGateway(bool isChunked)
    {
        await using var host = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await using var connection = await host.ConnectAsync();
            await connection.SendRequestAsync(
                "POST /dev/x?a=1 HTTP/1.1", isChunked ? "Transfer-Encoding: chunked" : "Content-Length: 1000", "Expect: 100-continue");

            // The gateway asks for the body when it waits for it.
            Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadHeadAsync(), StringComparison.Ordinal);
            await connection.SendAsync(isChunked ? "5\r\n{\"to\"" : "{\"to\"");
            connection.Reset();
        }

        using var next = await host.PostAsync("/dev/x?a=1", ValidatedApi.ValidMail);

        Assert.Equal(ValidatedApi.ValidMail, await next.Content.ReadAsStringAsync());
        await host.DisposeAsync();
        Assert.Empty(host.Logs.Warnings);
    }

    private static Task<TestHost> StartAsync() => ValidatedApi.StartAsync(
        static api => api
            .Model("Mail", ValidatedApi.Mail)
            .Map("POST /x", static method => method.InProcess("echo").ValidateBy(ValidatedApi.ParametersAndBody, "method.request.querystring.a").Body("Mail")),
        static gateway => gateway.AddHandler("echo", static http => http.Request.Body.CopyToAsync(http.Response.Body)));
}
