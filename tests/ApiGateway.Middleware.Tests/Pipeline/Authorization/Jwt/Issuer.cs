using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization.Jwt;

/// <summary>An issuer with keys of its own, who signs what a test wants.</summary>
internal sealed class Issuer : IDisposable
{
    public const string Pool = "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_AbCdEfGhI";
    public const string Name = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI";

    // Making one takes a while, so that all tests share it.
    private static readonly string Pem = NewPem();

    public RSA Rsa { get; } = FromPem(Pem);

    public ECDsa Ec { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string RsaKid { get; set; } = "rsa-1";

    public string EcKid { get; set; } = "ec-1";

    /// <summary>Gets the key set with both keys.</summary>
    public string Jwks() => $$"""{"keys":[{{RsaJwk()}},{{EcJwk()}}]}""";

    public string RsaJwk(string extra = "\"alg\":\"RS256\",\"use\":\"sig\",") => RsaJwk(Rsa, RsaKid, extra);

    public static string RsaJwk(RSA rsa, string kid, string extra = "")
    {
        var key = rsa.ExportParameters(false);
        return $$"""{"kty":"RSA",{{extra}}"kid":"{{kid}}","n":"{{Base64UrlEncoder.Encode(key.Modulus)}}","e":"{{Base64UrlEncoder.Encode(key.Exponent)}}"}""";
    }

    public string EcJwk(string extra = "\"alg\":\"ES256\",") => EcJwk(Ec, EcKid, "P-256", extra);

    public static string EcJwk(ECDsa ec, string kid, string curve, string extra = "")
    {
        var q = ec.ExportParameters(false).Q;
        return $$"""{"kty":"EC",{{extra}}"kid":"{{kid}}","crv":"{{curve}}","x":"{{Base64UrlEncoder.Encode(q.X)}}","y":"{{Base64UrlEncoder.Encode(q.Y)}}"}""";
    }

    /// <summary>Gets the claims of an ID token that is good at <paramref name="now"/>.</summary>
    public static JsonObject IdClaims(DateTimeOffset now) => new()
    {
        ["iss"] = Name,
        ["sub"] = "u-1",
        ["aud"] = "client-1",
        ["token_use"] = "id",
        ["exp"] = now.ToUnixTimeSeconds() + 3600,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["cognito:username"] = "ann",
        ["cognito:groups"] = new JsonArray("admin", "editor"),
        ["email_verified"] = true,
        ["level"] = 7,
        ["address"] = new JsonObject { ["city"] = "Köln" },
    };

    public static JsonObject AccessClaims(DateTimeOffset now, string scope) => new()
    {
        ["iss"] = Name,
        ["sub"] = "u-1",
        ["client_id"] = "client-1",
        ["token_use"] = "access",
        ["scope"] = scope,
        ["exp"] = now.ToUnixTimeSeconds() + 3600,
        ["iat"] = now.ToUnixTimeSeconds(),
    };

    public string Rs256(JsonNode claims, string? header = null) => Rs256(claims.ToJsonString(), header);

    public string Rs256(string claims, string? header = null) =>
        Compact(header ?? $$"""{"alg":"RS256","kid":"{{RsaKid}}"}""", claims, text => Rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    public string Es256(JsonNode claims, string? header = null) =>
        Compact(header ?? $$"""{"alg":"ES256","kid":"{{EcKid}}"}""", claims.ToJsonString(), text => Ec.SignData(text, HashAlgorithmName.SHA256));

    public static string Compact(string header, string claims, Func<byte[], byte[]> sign) =>
        Compact(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(claims), sign);

    public static string Compact(byte[] header, byte[] claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(claims)}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    public static RSA NewRsa() => RSA.Create(2048);

    public void Dispose()
    {
        Rsa.Dispose();
        Ec.Dispose();
    }

    private static string NewPem()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    }

    private static RSA FromPem(string pem)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return rsa;
    }
}
