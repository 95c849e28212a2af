using System.Text.Json;
using ApiGateway.Middleware.Signing;

namespace ApiGateway.Middleware.Tests.Signing;

/// <summary>The public test suite of Signature Version 4, read from <c>shared/conformance/sigv4</c> in some parent folder.</summary>
public sealed class SignatureSuiteTests
{
    private const int Cases = 38;

    private static readonly string? Folder = Find("shared/conformance/sigv4/v4");

    [Fact]
    public void HeaderForm_AllCases_Agree()
    {
        Assert.SkipUnless(Folder is not null, "The folder shared/conformance/sigv4 is not there.");

        foreach (var folder in Directory.GetDirectories(Folder))
        {
            var (secret, region, normalizes) = ContextOf(folder);
            var request = SignedRequest.Parse(Read(folder, "header-signed-request.txt"));
            var signedHeaders = SignedRequest.Part(request.Header("Authorization")!, "SignedHeaders=");
            var scope = new CredentialScope("20150830", region, "service");

            var canonical = request.Canonical(signedHeaders, normalizes);
            var stringToSign = SignedRequest.StringToSign(canonical, "20150830T123600Z", scope);

            Assert.Equal(Read(folder, "header-canonical-request.txt"), canonical);
            Assert.Equal(Read(folder, "header-string-to-sign.txt"), stringToSign);
            Assert.Equal(Read(folder, "header-signature.txt"), SignedRequest.Signature(stringToSign, secret, scope));
        }

        Assert.Equal(Cases, Directory.GetDirectories(Folder).Length);
    }

    [Fact]
    public void QueryForm_AllCases_Agree()
    {
        Assert.SkipUnless(Folder is not null, "The folder shared/conformance/sigv4 is not there.");

        foreach (var folder in Directory.GetDirectories(Folder))
        {
            var (secret, region, normalizes) = ContextOf(folder);
            var request = SignedRequest.Parse(Read(folder, "query-signed-request.txt"));
            var expected = Read(folder, "query-canonical-request.txt");
            var scope = new CredentialScope("20150830", region, "service");

            // Signers that append the token after signing are verified without it.
            var isLate = request.Target.Contains("X-Amz-Security-Token", StringComparison.Ordinal)
                && !expected.Contains("X-Amz-Security-Token", StringComparison.Ordinal);
            request = isLate ? Without(request, "X-Amz-Security-Token") : request;
            var canonical = request.Canonical(expected.Split('\n')[^2], normalizes);
            var stringToSign = SignedRequest.StringToSign(canonical, "20150830T123600Z", scope);

            Assert.Equal(expected, canonical);
            Assert.Equal(Read(folder, "query-string-to-sign.txt"), stringToSign);
            Assert.Equal(Read(folder, "query-signature.txt"), SignedRequest.Signature(stringToSign, secret, scope));
        }
    }

    private static SignedRequest Without(SignedRequest request, string name)
    {
        var parts = request.Target.Split('?');
        var query = parts[1].Split('&').Where(part => !part.StartsWith(name + "=", StringComparison.Ordinal));
        return new SignedRequest
        {
            Method = request.Method,
            Target = $"{parts[0]}?{string.Join('&', query)}",
            Headers = request.Headers,
            Body = request.Body,
        };
    }

    private static string Read(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).ReplaceLineEndings("\n");

    private static (string Secret, string Region, bool Normalizes) ContextOf(string folder)
    {
        using var context = JsonDocument.Parse(Read(folder, "context.json"));
        var root = context.RootElement;
        return (
            root.GetProperty("credentials").GetProperty("secret_access_key").GetString()!,
            root.GetProperty("region").GetString()!,
            root.GetProperty("normalize").GetBoolean());
    }

    private static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, path) is var found && Directory.Exists(found))
            {
                return found;
            }
        }

        return null;
    }
}
