using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.Security;

/// <summary>Requests whose end two readers may see in two places. One reader is enough: all of them are refused.</summary>
public sealed class SmugglingTests
{
    [Theory]
    [InlineData("Content-Length: 3\r\nTransfer-Encoding: chunked")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 3")]
    [InlineData("Content-Length: 3\r\nContent-Length: 4")]
    [InlineData("Content-Length: 3, 4")]
    [InlineData("Content-Length: -1")]
    [InlineData("Content-Length: 0x3")]
    [InlineData("Transfer-Encoding: gzip, chunked")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding: identity")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")]
    [InlineData("Content-Length : 3")]
    [InlineData("X-A: a\r\n folded")]
    [InlineData("X-A: a\u0000b")]
    [InlineData("X A: b")]
    [InlineData("X(A): b")]
    [InlineData("X-A: a\rb")]
    [InlineData("Host: other")]
    public async Task Request_WithDoubtfulFraming_IsRefusedAndReachesNobody(string header)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync(
            $"POST /dev/x HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n0\r\n\r\nGET /dev/smuggled HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, backend.Count);
    }

    [Theory]
    [InlineData("zz\r\n")]
    [InlineData("3\r\nabcd\r\n0\r\n\r\n")]
    [InlineData("-1\r\n")]
    public async Task Request_WithBrokenChunks_IsRefusedAndNeverWholeAtTheBackend(string chunks)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(backend.Url);
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync($"POST /dev/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}");

        Assert.StartsWith("HTTP/1.1 400", await connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.Equal(0, backend.Count);
    }

    [Fact]
    public async Task Backend_TwoLengths_ClientGetsOneAnswerWithOneLength()
    {
        await using var backend = RawBackend.Answering(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 30\r\n\r\nabcHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        foreach (var isStreaming in (bool[])[true, false])
        {
            await using var host = await StartAsync(backend.Url, isStreaming);
            await using var connection = await host.ConnectAsync();

            await connection.SendRequestAsync("POST /dev/x HTTP/1.1");
            var answer = await connection.ReadToEndAsync();

            Assert.Single(answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries));
            Assert.InRange(answer.Split("Content-Length:").Length, 1, 2);
        }
    }

    private static Task<TestHost> StartAsync(string url, bool isStreaming = true) => TestHost.StartAsync(new TestHostSetup
    {
        Protocols = HttpProtocols.Http1,
        Gateway = gateway => gateway.AddRestApi("api", api => api
            .Map("ANY /{proxy+}", method => method.HttpProxy(url + "/{proxy}", integration => integration.Streaming = isStreaming)).Stage("dev")),
    });
}
