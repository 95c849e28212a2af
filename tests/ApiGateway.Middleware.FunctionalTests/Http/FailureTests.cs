using System.Net;
using System.Net.Sockets;
using System.Text;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Http;

/// <summary>What the client gets when the backend fails. Each holds with and without streaming.</summary>
public sealed class FailureTests
{
    private const int TenMegabytes = 10 * 1024 * 1024;
    private const string NetworkError = "Network error communicating with endpoint";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_SilentBeyondTheTimeout_504(bool isStreaming)
    {
        var time = new ManualTimeProvider();
        var arrived = new TaskCompletionSource();
        var left = new TaskCompletionSource();
        await using var backend = await TestBackend.StartRawAsync(async http =>
        {
            http.RequestAborted.Register(left.SetResult);
            arrived.SetResult();
            await left.Task;
        });
        await using var host = await StartAsync("GET /x", backend.Url, isStreaming, time, milliseconds: 2000);

        var answer = host.GetAsync("/dev/x");
        await arrived.Task.InTime();
        time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(answer.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));

        using var response = await answer.InTime();
        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
        await left.Task.InTime();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_RefusesTheConnection_500(bool isStreaming)
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var url = $"http://{unused.LocalEndpoint}";
        unused.Stop();
        await using var host = await StartAsync("ANY /x", url, isStreaming);

        using var got = await host.GetAsync("/dev/x");
        using var posted = await host.Client.PostAsync("/dev/x", new StringContent("body"));

        await Refusal.AssertServerErrorAsync(got, NetworkError);
        await Refusal.AssertServerErrorAsync(posted, NetworkError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_NameDoesNotResolve_500(bool isStreaming)
    {
        await using var host = await StartAsync("GET /x", "http://backend.invalid", isStreaming);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Backend_CertificateNobodyVouchesFor_500(bool isStreaming)
    {
        using var certificate = TestCertificate.SelfSigned();
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync("tls"), certificate: certificate);
        await using var host = await StartAsync("GET /x", backend.Url, isStreaming);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, NetworkError);
        Assert.Equal(0, backend.Count);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, false, false)]
    [InlineData(true, true, false)]
    public async Task Backend_InsecureSkipVerification_StillChecksNameAndExpiry(bool isForLoopback, bool isExpired, bool isAccepted)
    {
        using var certificate = TestCertificate.SelfSigned(isForLoopback, isExpired);
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync("tls"), certificate: certificate);
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("GET /x", method => method.HttpProxy(backend.Url + "/x", static integration => integration.InsecureSkipVerification = true))
            .Stage("dev")));

        using var response = await host.GetAsync("/dev/x");

        if (isAccepted)
        {
            Assert.Equal("tls", await response.Content.ReadAsStringAsync());
        }
        else
        {
            await Refusal.AssertServerErrorAsync(response, NetworkError);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a host")]
    [InlineData("user@evil.example")]
    [InlineData("host:99999999")]
    [InlineData("host#fragment")]
    public async Task StageVariable_GivesNoHost_500AndAWarningAtStart(string value)
    {
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("GET /x", static method => method.HttpProxy("http://${stageVariables.backend}/x"))
            .Stage("dev", ("backend", value))));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
        Assert.Contains(host.Logs.Warnings, static entry => entry.Message.Contains("Requests will fail with 500", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StageVariable_Missing_500()
    {
        await using var host = await TestHost.StartAsync(gateway => gateway.AddRestApi("api", api => api
            .Map("GET /x", static method => method.HttpProxy("http://${stageVariables.backend}/x")).Stage("dev")));

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Backend_BreaksOffInTheMiddle_StreamedAnswerIsAborted()
    {
        // The connection ends short of the promised length: no client can take it for whole.
        var (head, tail) = await BreakOffAsync("Content-Length: 100\r\n\r\nhalf", "half");

        Assert.Contains("Content-Length: 100", head, StringComparison.Ordinal);
        Assert.Equal("", tail);
    }

    [Fact]
    public async Task Backend_BreaksOffChunks_StreamedAnswerHasNoLastChunk()
    {
        var (head, tail) = await BreakOffAsync("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "4\r\nhalf\r\n");

        Assert.Contains("Transfer-Encoding: chunked", head, StringComparison.Ordinal);
        Assert.Equal("", tail);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nX-Backend: 1\r\n\r\nhalf")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Backend: 1\r\n\r\n4\r\nhalf\r\n")]
    public async Task Backend_BreaksOffInTheMiddle_HeldAnswerBecomes500(string answer)
    {
        await using var backend = RawBackend.Answering(answer);
        await using var host = await StartAsync("GET /x", backend.Url, isStreaming: false);

        using var response = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(response, NetworkError);
        Assert.False(response.Headers.Contains("X-Backend"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nX-Backend: 1\r\nContent-Language: de\r\n\r\n")]
    [InlineData("")]
    [InlineData("garbage\r\n\r\n")]
    public async Task Backend_GivesNoUsableAnswer_500WithoutItsHeaders(string answer)
    {
        await using var backend = RawBackend.Answering(answer);
        foreach (var isStreaming in (bool[])[true, false])
        {
            await using var host = await StartAsync("GET /x", backend.Url, isStreaming);

            using var response = await host.GetAsync("/dev/x");

            await Refusal.AssertServerErrorAsync(response, NetworkError);
            Assert.False(response.Headers.Contains("X-Backend"));
            Assert.Empty(response.Content.Headers.ContentLanguage);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Held_RequestBodyOverTheLimit_413(bool isChunked)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync("POST /x", backend.Url, isStreaming: false);
        using var fits = await PostAsync(host, TenMegabytes, isChunked);
        Assert.Equal(TenMegabytes, (await backend.NextAsync()).Body.Length);

        using var tooLarge = await PostAsync(host, TenMegabytes + 1, isChunked);

        await Refusal.AssertAsync(
            tooLarge, HttpStatusCode.RequestEntityTooLarge, "RequestEntityTooLargeException", """{"message":"Request Too Long"}""");
        Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
        Assert.Equal(0, backend.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Held_AnswerOverTheLimit_500(bool isChunked)
    {
        var length = TenMegabytes;
        await using var backend = await TestBackend.StartAsync(http =>
        {
            http.Response.ContentLength = isChunked ? null : length;
            return http.Response.Body.WriteAsync(new byte[length]).AsTask();
        });
        await using var host = await StartAsync("GET /x", backend.Url, isStreaming: false);
        using (var fits = await host.GetAsync("/dev/x"))
        {
            Assert.Equal(TenMegabytes, (await fits.Content.ReadAsByteArrayAsync()).Length);
        }

        length++;
        using var tooLarge = await host.GetAsync("/dev/x");

        await Refusal.AssertServerErrorAsync(tooLarge);
    }

    /// <summary>Lets the backend close when the client has got all it sent; gives the head, and what came after the sent part.</summary>
    private static async Task<(string Head, string Tail)> BreakOffAsync(string answer, string body)
    {
        var received = new TaskCompletionSource();
        await using var backend = new RawBackend(async (_, stream) =>
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\n" + answer));
            await received.Task.InTime();
        });
        await using var host = await StartAsync("GET /x", backend.Url, isStreaming: true);
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync("GET /dev/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
        var head = await connection.ReadHeadAsync();
        Assert.Equal(body, await connection.ReadAsync(body.Length));
        received.SetResult();
        return (head, await connection.ReadToEndAsync());
    }

    private static Task<HttpResponseMessage> PostAsync(TestHost host, int length, bool isChunked)
    {
        var request = TestClient.Request(HttpMethod.Post, host.Client.BaseAddress!, "/dev/x");
        request.Content = new ByteArrayContent(new byte[length]);
        request.Headers.TransferEncodingChunked = isChunked;

        // Asks before it sends, so that a refusal does not meet a connection full of bytes that nobody reads.
        request.Headers.ExpectContinue = !isChunked;
        return host.Client.SendAsync(request);
    }

    private static Task<TestHost> StartAsync(
        string route, string url, bool isStreaming, TimeProvider? time = null, int? milliseconds = null) => TestHost.StartAsync(new TestHostSetup
        {
            Time = time,
            Gateway = gateway => gateway.AddRestApi("api", api => api
                .Map(route, method => method.HttpProxy(url + "/x", integration =>
                {
                    integration.Streaming = isStreaming;
                    integration.TimeoutInMillis = milliseconds;
                }))
                .Stage("dev")),
        });
}
