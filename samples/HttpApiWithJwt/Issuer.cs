using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HttpApiWithJwt;

/// <summary>Signs tokens with a key that lives as long as the program.</summary>
internal sealed class Issuer
{
    private const string KeyId = "sample-1";

    private static readonly string[] Groups = ["staff", "editors"];

    private readonly RSA _rsa = RSA.Create(2048);

    /// <summary>OpenID Connect Discovery 1.0: where the keys are.</summary>
    public static ContentHttpResult Discovery(string address) => Json($$"""{"issuer":"{{address}}","jwks_uri":"{{address}}/keys"}""");

    /// <summary>RFC 7517: the public half of the key.</summary>
    public ContentHttpResult Keys()
    {
        var key = _rsa.ExportParameters(includePrivateParameters: false);
        var (modulus, exponent) = (Base64Url.EncodeToString(key.Modulus), Base64Url.EncodeToString(key.Exponent));
        return Json($$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{KeyId}}","n":"{{modulus}}","e":"{{exponent}}"}]}""");
    }

    /// <summary>RFC 7519: a token that is good for ten minutes.</summary>
    public string Sign(string address, string scope, string audience)
    {
        var claims = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["iss"] = address,
            ["sub"] = "u-1",
            ["aud"] = audience,
            ["scope"] = scope,
            ["groups"] = Groups,
            ["exp"] = DateTimeOffset.UtcNow.AddMinutes(10).ToUnixTimeSeconds(),
        });
        var text = $"{Encode($$"""{"alg":"RS256","kid":"{{KeyId}}"}""")}.{Encode(claims)}";
        var signature = _rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static ContentHttpResult Json(string json) => TypedResults.Text(json, "application/json");
}
