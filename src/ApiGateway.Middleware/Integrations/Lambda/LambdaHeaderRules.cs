using System.Collections.Frozen;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>What happens to a header between client and function, by name: recorded.</summary>
internal static class LambdaHeaderRules
{
    /// <summary>Headers of the client that an event of format 1.0 does not have.</summary>
    public static readonly FrozenSet<string> EventDropped = new[]
    {
        "Connection", "Content-Length", "Content-MD5", "Expect", "HTTP2-Settings", "Keep-Alive", "Max-Forwards", "Proxy-Authenticate",
        "Proxy-Connection", "Server", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "WWW-Authenticate", "X-Amzn-Apigateway-Api-Id",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the client that events of HTTP APIs do not have.</summary>
    public static readonly FrozenSet<string> HttpEventDropped = new[]
    {
        "Connection", "Expect", "HTTP2-Settings", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the function that do not reach the client.</summary>
    public static readonly FrozenSet<string> AnswerDropped = new[]
    {
        "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the function that do not reach the client of an HTTP API, because the server writes them itself.</summary>
    public static readonly FrozenSet<string> HttpAnswerDropped = new[]
    {
        "Connection", "Content-Length", "Date", "HTTP2-Settings", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Headers of the function that the server writes itself; without remapping they do not reach the client.</summary>
    public static readonly FrozenDictionary<string, string> AnswerRemapped = new[]
    {
        "Connection", "Content-Length", "Date", "Server",
    }.ToFrozenDictionary(
        static name => name, static name => Responses.HeaderNames.RemappedPrefix + name, StringComparer.OrdinalIgnoreCase);
}
