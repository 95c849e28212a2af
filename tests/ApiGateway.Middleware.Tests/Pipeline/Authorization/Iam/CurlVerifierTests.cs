using System.Diagnostics;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

/// <summary>What curl signs and a real server receives, the verifier must find good.</summary>
public sealed class CurlVerifierTests
{
    [Theory]
    [InlineData("/dev/orders", null, true)]
    [InlineData("/dev/orders?a=1&b=2", null, true)]
    [InlineData("/dev/orders?a=x%20y", null, true)]
    [InlineData("/dev/orders/a-b_c.d~e", null, true)]
    [InlineData("/dev/orders", "{\"a\":1}", true)]
    [InlineData("/dev/orders", "{\"a\":1}", false)]
    public async Task Verify_SignedByCurl_Holds(string target, string? body, bool hasRightSecret)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "curl is not installed.");

        var credential = new SigV4Credential(Signed.Id, Signed.Secret);
        var verifier = new SignatureVerifier(
            new SigV4Options { MinAccessKeyIdLength = 1 }, "us-east-1", new InMemoryCredentialStore([credential]), TimeProvider.System);
        var verified = new TaskCompletionSource<SigV4Result>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            var bytes = new MemoryStream();
            await http.Request.Body.CopyToAsync(bytes);
            var request = new SignedHttpRequest(
                http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, http.Request.Headers, http.Request.IsHttps);
            verified.SetResult(verifier.TryRead(request, out var claim, out var refusal)
                ? await verifier.VerifyAsync(request, claim, bytes.ToArray(), http.RequestAborted)
                : new SigV4Result(refusal));
        });
        await app.StartAsync(TestContext.Current.CancellationToken);

        string[] arguments =
        [
            "-s", "--max-time", "20", "--aws-sigv4", "aws:amz:us-east-1:execute-api", "--user", $"{Signed.Id}:{(hasRightSecret ? Signed.Secret : "other")}",
            .. body is null ? Array.Empty<string>() : ["--data", body], app.Urls.First() + target,
        ];
        using var curl = Process.Start(new ProcessStartInfo("/usr/bin/curl", arguments) { RedirectStandardOutput = true })!;
        await curl.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, curl.ExitCode);
        Assert.Equal(hasRightSecret, (await verified.Task).Credential is not null);
    }
}
