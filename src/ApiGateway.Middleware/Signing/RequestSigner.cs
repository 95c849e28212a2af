using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Signing;

/// <summary>Signs requests to AWS services. The key of the day is kept, because deriving it costs four hashes.</summary>
internal sealed class RequestSigner
{
    private DayKey? _last;

    /// <summary>Adds <c>X-Amz-Date</c>, the token if there is one, and <c>Authorization</c>.</summary>
    /// <param name="request">The request; its address is sent as it is, and its headers <c>X-Amz-*</c> are signed.</param>
    /// <param name="payload">The body.</param>
    /// <param name="credentials">The keys.</param>
    /// <param name="region">The service's region.</param>
    /// <param name="service">The service's name in signatures, such as <c>lambda</c>.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="isS3">Whether the path is signed as S3 wants it, and the body's hash is added as <c>X-Amz-Content-Sha256</c>.</param>
    public void Sign(
        HttpRequestMessage request, ReadOnlySpan<byte> payload, AwsCredentials credentials, string region, string service, DateTimeOffset now,
        bool isS3 = false)
    {
        var timestamp = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = new CredentialScope(timestamp[..8], region, service);
        var uri = request.RequestUri!;
        using var text = new PooledBufferWriter();
        SignatureV4.WriteHash(text, payload);
        var payloadHash = Encoding.ASCII.GetString(text.WrittenSpan);
        Set(request, "X-Amz-Date", timestamp);
        Set(request, "X-Amz-Security-Token", credentials.SessionToken);
        if (isS3)
        {
            Set(request, "X-Amz-Content-Sha256", payloadHash);
        }

        var headers = SignedHeaders(request, uri);
        using var canonical = new PooledBufferWriter();

        // S3 alone encodes the path once: what it means, not how it is written.
        var path = isS3 ? Uri.UnescapeDataString(uri.AbsolutePath) : uri.AbsolutePath;
        CanonicalRequest.Write(canonical, request.Method.Method, path, uri.Query, headers, payloadHash, normalizesPath: !isS3);
        text.Truncate(0);
        SignatureV4.WriteStringToSign(text, timestamp, scope, canonical.WrittenSpan);
        Span<byte> signature = stackalloc byte[SignatureV4.Size];
        SignatureV4.Sign(KeyFor(credentials, scope), text.WrittenSpan, signature);

        text.Truncate(0);
        text.WriteText($"{SignatureV4.Algorithm} Credential={credentials.AccessKeyId}/");
        scope.WriteTo(text);
        text.WriteText(", SignedHeaders=");
        CanonicalRequest.WriteNames(text, headers);
        text.WriteText(", Signature=");
        SignatureV4.WriteHex(text, signature);
        Set(request, "Authorization", Encoding.UTF8.GetString(text.WrittenSpan));
    }

    // What was there before would be sent beside it.
    private static void Set(HttpRequestMessage request, string name, string? value)
    {
        request.Headers.Remove(name);
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static KeyValuePair<string, StringValues>[] SignedHeaders(HttpRequestMessage request, Uri uri)
    {
        var headers = new List<KeyValuePair<string, StringValues>>(6) { new("host", request.Headers.Host ?? uri.Authority) };
        if (request.Content?.Headers.NonValidated.TryGetValues("Content-Type", out var type) == true)
        {
            headers.Add(new("content-type", type.ToString()));
        }

        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
            {
                headers.Add(new(name.ToLowerInvariant(), values.ToString()));
            }
        }

        headers.Sort(static (x, y) => string.CompareOrdinal(x.Key, y.Key));
        return [.. headers];
    }

    private byte[] KeyFor(AwsCredentials credentials, in CredentialScope scope)
    {
        var last = Volatile.Read(ref _last);
        if (last is not null && last.Scope == scope && last.Secret == credentials.SecretAccessKey)
        {
            return last.Key;
        }

        var key = new byte[SignatureV4.Size];
        SignatureV4.DeriveKey(credentials.SecretAccessKey, scope, key);
        Volatile.Write(ref _last, new DayKey(scope, credentials.SecretAccessKey, key));
        return key;
    }

    private sealed class DayKey(CredentialScope scope, string secret, byte[] key)
    {
        public CredentialScope Scope { get; } = scope;

        public string Secret { get; } = secret;

        public byte[] Key { get; } = key;
    }
}
