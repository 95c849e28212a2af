using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Signing;

/// <summary>Another signer: what curl signs, the verifier's side of our code must find good.</summary>
public sealed class CurlTests
{
    private const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    [Theory]
    [InlineData("/dev/orders", null, true)]
    [InlineData("/dev/orders?a=1&b=2", null, true)]
    [InlineData("/dev/orders", "{\"a\":1}", true)]
    [InlineData("/dev/orders", "{\"a\":1}", false)]
    public async Task Verify_SignedByCurl_Holds(string target, string? body, bool hasRightSecret)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");

        var received = new TaskCompletionSource<SignedRequest>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes);
            received.SetResult(new SignedRequest
            {
                Method = http.Request.Method,
                Target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                Headers = [.. http.Request.Headers.Select(static header => (header.Key, header.Value.ToString()))],
                Body = bytes.ToArray(),
            });
        });
        await app.StartAsync(TestContext.Current.CancellationToken);

        string[] arguments =
        [
            "-s", "--max-time", "20", "--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user",
            $"AKIDEXAMPLE:{(hasRightSecret ? Secret : "other")}", .. body is null ? Array.Empty<string>() : ["--data", body], app.Urls.First() + target,
        ];
        using var curl = Process.Start(new ProcessStartInfo("/usr/bin/curl", arguments) { RedirectStandardOutput = true })!;
        await curl.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, curl.ExitCode);
        Assert.Equal(hasRightSecret, (await received.Task).Verify(Secret));
    }
}
