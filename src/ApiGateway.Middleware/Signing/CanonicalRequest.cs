using ApiGateway.Middleware.Buffers;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Signing;

/// <summary>
/// The one text form of a request that both sides of a signature make. Source: "Create a signed AWS API request" in the IAM user guide.
/// </summary>
/// <remarks>Signing and verifying share it, so that they cannot disagree.</remarks>
internal static class CanonicalRequest
{
    /// <summary>SHA-256 of nothing.</summary>
    public const string EmptyPayloadHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>Writes the canonical request.</summary>
    /// <param name="target">Takes the text.</param>
    /// <param name="method">The method as it is sent.</param>
    /// <param name="path">The path as it is sent, still percent-encoded.</param>
    /// <param name="query">The query as it is sent, with or without question mark.</param>
    /// <param name="headers">The signed headers, names in lower case and in order.</param>
    /// <param name="payloadHash">SHA-256 of the body in lower-case hexadecimal.</param>
    /// <param name="normalizesPath">Whether dot segments are removed; every service but S3 does.</param>
    /// <param name="withoutParameter">A query parameter to leave out besides <c>X-Amz-Signature</c>, or nothing.</param>
    public static void Write(
        PooledBufferWriter target, ReadOnlySpan<char> method, ReadOnlySpan<char> path, ReadOnlySpan<char> query,
        ReadOnlySpan<KeyValuePair<string, StringValues>> headers, ReadOnlySpan<char> payloadHash, bool normalizesPath = true,
        ReadOnlySpan<char> withoutParameter = default)
    {
        target.WriteText(method);
        target.WriteByte((byte)'\n');
        CanonicalPath.Write(target, path, normalizesPath);
        target.WriteByte((byte)'\n');
        CanonicalQuery.Write(target, query, withoutParameter);
        target.WriteByte((byte)'\n');
        foreach (ref readonly var header in headers)
        {
            target.WriteText(header.Key);
            target.WriteByte((byte)':');
            for (var i = 0; i < header.Value.Count; i++)
            {
                if (i > 0)
                {
                    target.WriteByte((byte)',');
                }

                WriteValue(target, header.Value[i]);
            }

            target.WriteByte((byte)'\n');
        }

        target.WriteByte((byte)'\n');
        WriteNames(target, headers);
        target.WriteByte((byte)'\n');
        target.WriteText(payloadHash);
    }

    /// <summary>Writes the names of the signed headers with semicolons between them.</summary>
    public static void WriteNames(PooledBufferWriter target, ReadOnlySpan<KeyValuePair<string, StringValues>> headers)
    {
        for (var i = 0; i < headers.Length; i++)
        {
            if (i > 0)
            {
                target.WriteByte((byte)';');
            }

            target.WriteText(headers[i].Key);
        }
    }

    // Trimmed, and each run of spaces is one, inside quotation marks as well.
    private static void WriteValue(PooledBufferWriter target, ReadOnlySpan<char> value)
    {
        value = value.Trim(" \t");
        while (true)
        {
            var run = value.IndexOf("  ");
            if (run < 0)
            {
                target.WriteText(value);
                return;
            }

            target.WriteText(value[..(run + 1)]);
            value = value[run..].TrimStart(' ');
        }
    }
}
