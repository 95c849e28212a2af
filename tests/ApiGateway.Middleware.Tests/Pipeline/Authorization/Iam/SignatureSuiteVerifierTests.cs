using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Tests.Signing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Iam;

/// <summary>The signed requests of the public test suite, as a verifier gets them; read from <c>shared/conformance/sigv4</c>.</summary>
public sealed class SignatureSuiteVerifierTests
{
    [Theory]
    [InlineData("header-signed-request.txt")]
    [InlineData("query-signed-request.txt")]
    public async Task Verify_SignedRequestsOfTheSuite_AllHold(string file)
    {
        var root = ConformanceFolder.Find("sigv4/v4");
        Assert.SkipUnless(root is not null, "The folder shared/conformance/sigv4 is not there.");
        var folders = Directory.GetDirectories(root);

        foreach (var folder in folders)
        {
            var signed = Load(folder, file);

            var result = await signed.VerifyAsync();

            Assert.True(result.Credential is not null, $"{Path.GetFileName(folder)}: {result.Refusal?.Message}");
        }

        Assert.Equal(38, folders.Length);
    }

    [Theory]
    [InlineData("header-signed-request.txt")]
    [InlineData("query-signed-request.txt")]
    public async Task Verify_SignedRequestsOfTheSuiteOverAConnection_AllHold(string file)
    {
        var root = ConformanceFolder.Find("sigv4/v4");
        Assert.SkipUnless(root is not null, "The folder shared/conformance/sigv4 is not there.");
        var results = new List<string>();
        Signed? current = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.Run(async http =>
        {
            var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var request = new SignedHttpRequest(
                http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, http.Request.Headers, isTls: false);
            var verifier = current!.Verifier();
            var result = verifier.TryRead(request, out var claim, out var refusal)
                ? await verifier.VerifyAsync(request, claim, body.ToArray(), http.RequestAborted)
                : new SigV4Result(refusal);
            await http.Response.WriteAsync(result.Credential?.AccessKeyId ?? result.Refusal!.Message!);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var sent = 0;

        foreach (var folder in Directory.GetDirectories(root).Where(static folder => !IsNoHttp(Path.GetFileName(folder))))
        {
            current = Load(folder, file);
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, new Uri(app.Urls.First()).Port);
            var head = new StringBuilder($"{current.Method} {current.Target} HTTP/1.1\r\nConnection: close\r\n");
            foreach (var (name, values) in current.Headers.Where(static header => header.Key != "Content-Length"))
            {
                foreach (var value in values)
                {
                    head.Append(CultureInfo.InvariantCulture, $"{name}:{value}\r\n");
                }
            }

            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {current.Body.Length}\r\n\r\n");
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head.ToString()));
            await stream.WriteAsync(current.Body);
            var answer = await new StreamReader(stream).ReadToEndAsync();
            sent++;
            if (!answer.Contains("AKIDEXAMPLE", StringComparison.Ordinal))
            {
                results.Add($"{Path.GetFileName(folder)}: {answer}");
            }
        }

        Assert.True(results.Count == 0, string.Join("\n", results));
        Assert.True(sent >= 30, $"Only {sent} requests were sent.");
    }

    // Folded lines, spaces and raw UTF-8 in the request line: no server lets them in.
    private static bool IsNoHttp(string name) =>
        name is "get-header-value-multiline" or "get-utf8" or "get-vanilla-utf8-query" || name.StartsWith("get-space-", StringComparison.Ordinal);

    private static Signed Load(string folder, string file)
    {
        using var context = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "context.json")));
        var credentials = context.RootElement.GetProperty("credentials");
        var token = credentials.TryGetProperty("token", out var text) ? text.GetString() : null;
        var request = SignedRequest.Parse(File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n"));
        var signed = new Signed
        {
            Method = request.Method,
            Target = request.Target,
            Body = request.Body,
            Region = context.RootElement.GetProperty("region").GetString()!,
            Store = new InMemoryCredentialStore(
            [
                new(credentials.GetProperty("access_key_id").GetString()!, credentials.GetProperty("secret_access_key").GetString()!)
                {
                    SessionToken = token,
                },
            ]),
        };
        signed.Options.AcceptedServices.Add("service");
        signed.Options.NormalizePath = context.RootElement.GetProperty("normalize").GetBoolean();
        signed.Headers.Clear();
        foreach (var (name, value) in request.Headers)
        {
            signed.Headers[name] = StringValues.Concat(signed.Headers[name], value);
        }

        return signed;
    }
}
