using System.Collections.Frozen;

namespace ApiGateway.Middleware.Context;

/// <summary>Names of response headers that .NET's HTTP client gives in its own spelling, whatever the backend's was.</summary>
internal static class ClientHeaderNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "Accept-Ranges", "Access-Control-Allow-Credentials", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Access-Control-Max-Age", "Age", "Allow", "Alt-Svc",
        "Cache-Control", "Connection", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location",
        "Content-MD5", "Content-Range", "Content-Security-Policy", "Content-Type", "Date", "ETag", "Expect-CT", "Expires", "Keep-Alive",
        "Last-Modified", "Link", "Location", "P3P", "Pragma", "Proxy-Authenticate", "Proxy-Connection", "Referrer-Policy", "Refresh",
        "Retry-After", "Server", "Set-Cookie", "Strict-Transport-Security", "Trailer", "Transfer-Encoding", "Upgrade", "Vary", "Via",
        "WWW-Authenticate", "Warning", "X-AspNet-Version", "X-Cache", "X-Content-Type-Options", "X-Frame-Options", "X-Powered-By",
        "X-Request-ID", "X-UA-Compatible", "X-XSS-Protection",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Tells whether a name, as the client gives it, may have been spelled otherwise by the backend.</summary>
    public static bool Contain(string name) => Names.Contains(name);
}
