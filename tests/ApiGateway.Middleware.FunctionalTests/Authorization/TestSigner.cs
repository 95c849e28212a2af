using System.Security.Cryptography;
using System.Text;

namespace ApiGateway.Middleware.FunctionalTests.Authorization;

/// <summary>Signs as the guide of AWS says, without any code of the gateway. Only for queries that need no encoding.</summary>
internal static class TestSigner
{
    public static HttpRequestMessage Sign(HttpRequestMessage request, string id, string secret, DateTimeOffset now, string body = "", string? token = null)
    {
        var uri = request.RequestUri!;
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/us-east-1/execute-api/aws4_request";
        request.Headers.TryAddWithoutValidation("X-Amz-Date", time);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", token);
        }

        var names = token is null ? "host;x-amz-date" : "host;x-amz-date;x-amz-security-token";
        var headers = $"host:{uri.Authority}\nx-amz-date:{time}\n{(token is null ? "" : $"x-amz-security-token:{token}\n")}";

        // What is encoded once on the wire is encoded twice in the text to sign.
        var path = string.Join('/', uri.AbsolutePath.Split('/').Select(Uri.EscapeDataString));
        var canonical = $"{request.Method}\n{path}\n{uri.Query.TrimStart('?')}\n{headers}\n{names}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        var text = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secret);
        foreach (var part in scope.Split('/'))
        {
            key = Hmac(key, part);
        }

        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={Hex(Hmac(key, text))}");
        return request;
    }

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
