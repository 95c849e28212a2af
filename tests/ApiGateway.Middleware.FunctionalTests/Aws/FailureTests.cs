using System.Net;
using System.Text;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Aws;

/// <summary>Services that do not answer as they should.</summary>
public sealed class FailureTests
{
    private const string Uri = AwsSetup.Arn + "sqs:path/q";

    [Fact]
    public async Task Service_Stalls_504()
    {
        await using var backend = await TestBackend.StartAsync(static http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri, Short);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
    }

    [Fact]
    public async Task Service_StallsInItsBody_504()
    {
        await using var backend = await TestBackend.StartAsync(static async http =>
        {
            await http.Response.WriteAsync("begin");
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri, Short);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response, "Endpoint request timed out", 504);
    }

    [Fact]
    public async Task Service_Resets_500()
    {
        await using var backend = new RawBackend(static (_, _) => Task.CompletedTask);
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Service_NobodyListens_500()
    {
        await using var host = await AwsSetup.StartServiceAsync("http://127.0.0.1:1", Uri);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response);
    }

    [Fact]
    public async Task Service_Throttles_IsNotRepeatedAndPassesThroughTheDefault()
    {
        await using var backend = await TestBackend.StartAsync(static http =>
        {
            http.Response.StatusCode = 429;
            return http.Response.WriteAsync("slow down");
        });
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        Assert.Equal((HttpStatusCode.OK, "slow down"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(1, backend.Count);
    }

    [Theory]
    [InlineData(10 << 20, 200)]
    [InlineData((10 << 20) + 1, 500)]
    public async Task Service_LongAnswer_IsLimited(int length, int status)
    {
        var text = new string('x', length);
        await using var backend = await TestBackend.StartAsync(http => http.Response.WriteAsync(text));
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Service_EndlessAnswer_500AndHungUp()
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var backend = await TestBackend.StartAsync(async http =>
        {
            var piece = new byte[64 * 1024];
            try
            {
                while (!http.RequestAborted.IsCancellationRequested)
                {
                    await http.Response.Body.WriteAsync(piece, http.RequestAborted);
                }
            }
            catch (OperationCanceledException)
            {
                // As expected.
            }

            hungUp.SetResult();
        });
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri);

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        await Refusal.AssertServerErrorAsync(response);
        await hungUp.Task.InTime();
    }

    [Theory]
    [InlineData(10 << 20, 200)]
    [InlineData((10 << 20) + 1, 413)]
    public async Task Request_LongBody_IsLimited(int length, int status)
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(backend.Url, Uri);

        using var response = await host.Client.PostAsync("/dev/x", new StringContent(new string('x', length), Encoding.UTF8, "text/plain"));

        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200)
        {
            var call = await backend.NextAsync();
            Assert.Equal(length, call.Body.Length);
            Assert.True(SignatureVerifier.Holds(call, AwsSetup.Secret));
        }
    }

    [Fact]
    public async Task Request_PathThatLeadsElsewhere_400AndNothingIsCalled()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await AwsSetup.StartServiceAsync(
            backend.Url, AwsSetup.Arn + "s3:path/bucket/{key}",
            static integration =>
            {
                integration.RequestParameters["integration.request.path.key"] = "method.request.querystring.key";
                integration.Response("200");
            });

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x?key=..");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(0, backend.Count);
    }

    [Fact]
    public async Task Credentials_SourceThrows_500AndNothingIsCalled()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = $$"""{ "Aws": { "Endpoint": "{{backend.Url}}" } }""",
            Builder = static builder => builder.Services.AddSingleton<IAwsCredentialsSource, Broken>(),
            Gateway = static gateway => gateway.AddRestApi("api", static api => api.Map("POST /x", static method => method.Aws(Uri)).Stage("dev")),
        });

        using var response = await host.SendAsync(HttpMethod.Post, "/dev/x");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(0, backend.Count);
    }

    [Theory]
    [InlineData("""{ "Endpiont": "x" }""", "Aws:Endpiont")]
    [InlineData("""{ "Endpoint": "http://host/path" }""", "Aws:Endpoint")]
    [InlineData("""{ "Endpoints": { "sqs": "ftp://host" } }""", "Aws:Endpoints:sqs")]
    [InlineData("""{ "AccessKeyId": "A" }""", "SecretAccessKey")]
    public async Task Options_Wrong_StopTheHost(string options, string member)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => TestHost.StartAsync($$"""{ "Aws": {{options}} }"""));

        Assert.Contains(member, exception.ToString(), StringComparison.Ordinal);
    }

    private static void Short(Definitions.IntegrationDefinition integration)
    {
        integration.TimeoutInMillis = 100;
        integration.Response("200");
    }

    private sealed class Broken : IAwsCredentialsSource
    {
        public ValueTask<AwsCredentials?> GetAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("no keys");
    }
}
