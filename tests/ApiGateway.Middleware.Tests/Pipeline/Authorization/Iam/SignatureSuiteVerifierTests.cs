using System.Text.Json;
using ApiGateway.Middleware.Pipeline.Authorization.Iam;
using ApiGateway.Middleware.Tests.Signing;
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
