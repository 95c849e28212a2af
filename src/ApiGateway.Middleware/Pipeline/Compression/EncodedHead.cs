using ApiGateway.Middleware.Buffers.Coding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Compression;

/// <summary>What the head of a response says of coding, and what coding says in the head.</summary>
internal static class EncodedHead
{
    /// <summary>Tells whether the body may be coded, whatever its length.</summary>
    /// <remarks>
    /// Events and gRPC messages are of use only if each of them arrives at once. A range is one of the body as it is (RFC 9110 14.4),
    /// and <c>no-transform</c> forbids to change it (RFC 9110 7.7).
    /// </remarks>
    public static bool MayBeCoded(HttpResponse response)
    {
        var headers = response.Headers;
        return MayHaveBody(response.StatusCode)
            && headers.ContentEncoding.Count == 0
            && headers.ContentRange.Count == 0
            && !IsStream(headers.ContentType)
            && !Has(headers.CacheControl, "no-transform");
    }

    /// <summary>Tells whether the head may have a length once it is known. Trailers need a body that has none (RFC 9112 6.5).</summary>
    public static bool MayHaveLength(HttpResponse response) => MayHaveBody(response.StatusCode) && response.Headers.Trailer.Count == 0;

    /// <summary>Writes into the head that the body is coded. Its length is another one, and unknown so far.</summary>
    public static void Announce(HttpResponse response, ContentCoding coding)
    {
        var headers = response.Headers;
        headers.ContentEncoding = ContentCodings.NameOf(coding);
        response.ContentLength = null;

        // A digest of the body as it was would now be wrong.
        headers.Remove("Content-MD5");
        if (!Has(headers.Vary, "Accept-Encoding") && !Has(headers.Vary, "*"))
        {
            headers.Vary = StringValues.Concat(headers.Vary, "Accept-Encoding");
        }
    }

    private static bool MayHaveBody(int status) => status is >= 200 and not (204 or 205 or 304);

    private static bool IsStream(StringValues contentType) => contentType is [{ } type, ..]
        && (type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || type.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase));

    private static bool Has(StringValues header, string member)
    {
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                if (line.AsSpan()[range].Trim().Equals(member, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
