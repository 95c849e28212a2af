using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>Validators of kept answers (RFC 9110 8.8.3).</summary>
internal static class EntityTag
{
    private const string Name = "ETag";
    private const int HashedBytes = 16;

    /// <summary>Gives an answer a tag if it has none. A weak one, because the body may be coded in more than one way.</summary>
    public static KeyValuePair<string, StringValues>[] AddTo(KeyValuePair<string, StringValues>[] headers, ReadOnlySpan<byte> body)
    {
        foreach (var (name, _) in headers)
        {
            if (name.Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                return headers;
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return [.. headers, new(Name, $"W/\"{Convert.ToHexStringLower(hash[..HashedBytes])}\"")];
    }

    /// <summary>Tells whether the client has an answer already: <c>If-None-Match</c> against the answer's tag, by the weak comparison.</summary>
    public static bool Matches(in StringValues ifNoneMatch, ReadOnlySpan<KeyValuePair<string, StringValues>> headers)
    {
        if (ifNoneMatch.Count == 0)
        {
            return false;
        }

        foreach (ref readonly var header in headers)
        {
            if (header.Key.Equals(Name, StringComparison.OrdinalIgnoreCase))
            {
                return Matches(ifNoneMatch, Opaque(header.Value.ToString()));
            }
        }

        return false;
    }

    private static bool Matches(in StringValues ifNoneMatch, ReadOnlySpan<char> tag)
    {
        for (var i = 0; i < ifNoneMatch.Count; i++)
        {
            var rest = ifNoneMatch[i].AsSpan().Trim();
            if (rest is "*")
            {
                return true;
            }

            // Tags may have commas in them, so they are not cut at commas.
            while (!rest.IsEmpty)
            {
                var start = rest.IndexOf('"');
                var end = start < 0 ? -1 : rest[(start + 1)..].IndexOf('"');
                if (end < 0)
                {
                    break;
                }

                if (rest.Slice(start, end + 2).SequenceEqual(tag))
                {
                    return true;
                }

                rest = rest[(start + end + 2)..];
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Opaque(string tag) => tag.StartsWith("W/", StringComparison.Ordinal) ? tag.AsSpan(2) : tag;
}
