using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Signing;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Signing;

/// <summary>A request as it stands in a file or came over the wire, and what a verifier makes of it.</summary>
internal sealed class SignedRequest
{
    public required string Method { get; init; }

    public required string Target { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }

    public byte[] Body { get; init; } = [];

    private string Path => Target.Split('?')[0];

    private string Query => Target.Contains('?', StringComparison.Ordinal) ? Target[Target.IndexOf('?', StringComparison.Ordinal)..] : "";

    /// <summary>Reads the form of the public suite: no space behind the colon, folded lines, an empty line before the body.</summary>
    public static SignedRequest Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = (end < 0 ? text.TrimEnd('\n') : text[..end]).Split('\n');
        var headers = new List<(string Name, string Value)>();
        foreach (var line in lines[1..])
        {
            if (line[0] == ' ')
            {
                headers[^1] = (headers[^1].Name, headers[^1].Value + line);
            }
            else
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                headers.Add((line[..colon], line[(colon + 1)..]));
            }
        }

        var first = lines[0].IndexOf(' ', StringComparison.Ordinal);
        return new SignedRequest
        {
            Method = lines[0][..first],
            Target = lines[0][(first + 1)..lines[0].LastIndexOf(' ')],
            Headers = headers,
            Body = end < 0 ? [] : Encoding.UTF8.GetBytes(text[(end + 2)..]),
        };
    }

    public string? Header(string name) => Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public string Canonical(string signedHeaders, bool normalizes = true)
    {
        var headers = signedHeaders.Split(';').Select(name => KeyValuePair.Create(name, new StringValues(
            [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(static header => header.Value)]))).ToArray();
        using var text = new PooledBufferWriter();
        CanonicalRequest.Write(text, Method, Path, Query, headers, Convert.ToHexStringLower(SHA256.HashData(Body)), normalizes);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static string StringToSign(string canonical, string timestamp, CredentialScope scope)
    {
        using var text = new PooledBufferWriter();
        SignatureV4.WriteStringToSign(text, timestamp, scope, Encoding.UTF8.GetBytes(canonical));
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static string Signature(string stringToSign, string secret, CredentialScope scope)
    {
        var key = new byte[SignatureV4.Size];
        var signature = new byte[SignatureV4.Size];
        SignatureV4.DeriveKey(secret, scope, key);
        SignatureV4.Sign(key, Encoding.UTF8.GetBytes(stringToSign), signature);
        return Convert.ToHexStringLower(signature);
    }

    /// <summary>Tells whether the header <c>Authorization</c> holds for the rest of the request.</summary>
    public bool Verify(string secret)
    {
        var authorization = Header("Authorization")!;
        var credential = Part(authorization, "Credential=").Split('/');
        var scope = new CredentialScope(credential[1], credential[2], credential[3]);
        var expected = Signature(
            StringToSign(Canonical(Part(authorization, "SignedHeaders=")), Header("X-Amz-Date")!, scope), secret, scope);
        return expected == Part(authorization, "Signature=");
    }

    public static string Part(string authorization, string name)
    {
        var start = authorization.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var end = authorization.IndexOf(',', start);
        return end < 0 ? authorization[start..].TrimEnd() : authorization[start..end];
    }
}
