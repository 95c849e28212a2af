using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Signs tokens, and publishes the keys on the loopback address.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private WebApplication _app = null!;

    public string KeysUri => $"{_app.Urls.First()}/keys";

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        issuer._app = builder.Build();
        issuer._app.Urls.Add("http://127.0.0.1:0");
        issuer._app.Run(http => http.Response.WriteAsync(issuer.Keys()));
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>Makes a token with an hour to live.</summary>
    public string Sign(string issuer, string audience, string scope)
    {
        var end = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var text = $"{Encode("""{"alg":"RS256","kid":"k"}""")}.{Encode($$"""{"iss":"{{issuer}}","aud":"{{audience}}","sub":"ann","scope":"{{scope}}","exp":{{end}} }""")}";
        return $"{text}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private string Keys()
    {
        var key = _rsa.ExportParameters(false);
        return $$"""{"keys":[{"kty":"RSA","alg":"RS256","kid":"k","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}""";
    }
}
