using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ApiGateway.Middleware.FunctionalTests.Harness;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>A user pool on the loopback address: it publishes its keys, as any OpenID Connect issuer does, and signs tokens.</summary>
internal sealed class UserPoolServer : IAsyncDisposable
{
    public const string Id = "us-east-1_AbCdEfGhI";
    public const string Arn = $"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{Id}";

    private readonly RSA _rsa = RSA.Create(2048);
    private TestBackend _server = null!;

    public string Issuer => _server.Url;

    /// <summary>Gets or sets whether the keys cannot be had.</summary>
    public bool IsDown { get; set; }

    public static async Task<UserPoolServer> StartAsync()
    {
        var pool = new UserPoolServer();
        pool._server = await TestBackend.StartRawAsync(http =>
        {
            var isDiscovery = http.Request.Path == "/.well-known/openid-configuration";
            http.Response.StatusCode = pool.IsDown ? 503 : isDiscovery || http.Request.Path == "/.well-known/jwks.json" ? 200 : 404;
            return http.Response.WriteAsync(
                isDiscovery ? $$"""{"issuer":"{{pool.Issuer}}","jwks_uri":"{{pool.Issuer}}/.well-known/jwks.json"}""" : pool.Keys());
        });
        return pool;
    }

    public JsonObject Claims(DateTimeOffset now, string use = "id", string? scope = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "u-1",
            ["token_use"] = use,
            ["exp"] = now.ToUnixTimeSeconds() + 600,
            ["cognito:username"] = "ann",
            ["cognito:groups"] = new JsonArray("admin", "editor"),
            ["level"] = 7,
        };
        claims[use == "id" ? "aud" : "client_id"] = "client-1";
        if (scope is not null)
        {
            claims["scope"] = scope;
        }

        return claims;
    }

    public string Sign(JsonObject claims, RSA? key = null)
    {
        var text = $"{Encode("""{"alg":"RS256","kid":"k-1"}""")}.{Encode(claims.ToJsonString())}";
        var signature = (key ?? _rsa).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _rsa.Dispose();
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private string Keys()
    {
        var key = _rsa.ExportParameters(false);
        return $$"""{"keys":[{"kty":"RSA","alg":"RS256","use":"sig","kid":"k-1","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}""";
    }
}
