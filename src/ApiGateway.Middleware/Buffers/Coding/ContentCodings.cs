using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Buffers.Coding;

/// <summary>The names of codings.</summary>
internal static class ContentCodings
{
    private const string Brotli = "br";
    private const string Deflate = "deflate";
    private const string Gzip = "gzip";
    private const string Identity = "identity";

    // RFC 9110 8.4.1.3: to be taken for gzip.
    private const string OldGzip = "x-gzip";

    /// <summary>Reads the <c>Content-Encoding</c> of a request. A body that was coded twice is not supported.</summary>
    public static bool TryRead(StringValues header, bool allowsBrotli, out ContentCoding coding)
    {
        coding = ContentCoding.Identity;
        return header.Count <= 1 && header.ToString().AsSpan().Trim() is var name
            && (name.IsEmpty || TryParse(name, allowsBrotli, out coding));
    }

    /// <summary>Finds a coding by its name, in any case.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, bool allowsBrotli, out ContentCoding coding)
    {
        if (Is(name, Gzip) || Is(name, OldGzip))
        {
            coding = ContentCoding.Gzip;
            return true;
        }

        if (Is(name, Deflate))
        {
            coding = ContentCoding.Deflate;
            return true;
        }

        if (allowsBrotli && Is(name, Brotli))
        {
            coding = ContentCoding.Brotli;
            return true;
        }

        coding = ContentCoding.Identity;
        return Is(name, Identity);
    }

    /// <summary>Gets the value of <c>Content-Encoding</c>.</summary>
    public static string NameOf(ContentCoding coding) => coding switch
    {
        ContentCoding.Gzip => Gzip,
        ContentCoding.Deflate => Deflate,
        ContentCoding.Brotli => Brotli,
        _ => Identity,
    };

    private static bool Is(ReadOnlySpan<char> name, string coding) => name.Equals(coding, StringComparison.OrdinalIgnoreCase);
}
