using System.Collections.Frozen;

namespace ApiGateway.Middleware.Integrations.Http;

/// <summary>What happens to a header between client and backend, by name.</summary>
internal static class HeaderRules
{
    /// <summary>Never leaves its own connection (RFC 9110 7.6.1), or is made anew.</summary>
    private static readonly string[] HopByHop =
    [
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "HTTP2-Settings", "Host", "Expect", "Content-Length",
    ];

    /// <summary>Headers of the client that a plain proxy does not hand on.</summary>
    public static readonly FrozenSet<string> PlainRequestDropped = HopByHop.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the client that HTTP APIs of Amazon API Gateway do not hand on. Its word for one of them is 'trailers'.</summary>
    public static readonly FrozenSet<string> HttpRequestDropped = new List<string>(HopByHop)
    {
        "Trailers",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the client that Amazon API Gateway does not hand on in HTTP_PROXY integrations: recorded.</summary>
    public static readonly FrozenSet<string> AwsRequestDropped = new List<string>(HopByHop)
    {
        "Content-Encoding", "Content-MD5", "Max-Forwards", "Server", "Via", "WWW-Authenticate", "X-Forwarded-For", "X-Forwarded-Port",
        "X-Forwarded-Proto",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the backend that a plain proxy does not hand on. Authentication of a proxy ends at that proxy.</summary>
    public static readonly FrozenSet<string> PlainResponseDropped = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the backend that Amazon API Gateway does not hand on in HTTP_PROXY integrations.</summary>
    public static readonly FrozenSet<string> AwsResponseDropped = new[]
    {
        "Content-Encoding", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Via", "HTTP2-Settings",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the backend that reach the client as <c>x-amzn-Remapped-*</c>: recorded.</summary>
    public static readonly FrozenDictionary<string, string> AwsRemapped = new[]
    {
        "Connection", "Content-Length", "Date", "Server", "x-amzn-RequestId",
    }.ToFrozenDictionary(
        static name => name, static name => Responses.HeaderNames.RemappedPrefix + name, StringComparer.OrdinalIgnoreCase);
}
