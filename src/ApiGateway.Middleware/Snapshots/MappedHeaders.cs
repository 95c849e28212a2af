using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What becomes of headers that mappings and templates set; recorded, but for those that belong to one connection.</summary>
internal static class MappedHeaders
{
    private const string RemappedPrefix = "x-amzn-Remapped-";

    /// <summary>Headers of the request that are dropped even when mapped.</summary>
    public static readonly FrozenSet<string> RequestDropped = Set(
        "Connection", "Expect", "HTTP2-Settings", "Keep-Alive", "Proxy-Authenticate", "Proxy-Connection", "TE", "Via");

    private static readonly FrozenSet<string> IllegalPlain = Set("Content-Length", "Transfer-Encoding");

    private static readonly FrozenSet<string> IllegalHttp = Set(
        "Content-Length", "Transfer-Encoding", "X-Amzn-Trace-Id", "X-Amzn-Apigateway-Api-Id");

    private static readonly FrozenSet<string> IllegalAws = Set(
        "Content-Length", "Transfer-Encoding", "X-Amzn-Trace-Id", "X-Amzn-Apigateway-Api-Id", "Authorization", "Connection", "Expect",
        "Proxy-Authenticate", "TE");

    private static readonly FrozenSet<string> ResponseRemapped = Set(
        "Authorization", "Connection", "Content-Length", "Content-MD5", "Date", "Expect", "Host", "Max-Forwards", "Proxy-Authenticate",
        "Server", "Trailer", "Upgrade", "User-Agent", "WWW-Authenticate");

    /// <summary>Headers of the response that the server or the gateway writes itself.</summary>
    private static readonly FrozenSet<string> ResponseDropped = Set(
        "Connection", "Content-Length", "Keep-Alive", "Proxy-Connection", "Trailer", "Transfer-Encoding", "Upgrade");

    private static readonly FrozenSet<string> OwnDropped = Set(
        "Transfer-Encoding", "X-Amzn-Trace-Id", "x-amzn-RequestId", "x-amz-apigw-id", "Keep-Alive", "Proxy-Connection");

    /// <summary>Gets the headers of the request that a mapping must not set.</summary>
    public static FrozenSet<string> IllegalFor(IntegrationKind kind, bool isAwsProfile) =>
        kind is IntegrationKind.Aws or IntegrationKind.AwsProxy ? IllegalAws : isAwsProfile ? IllegalHttp : IllegalPlain;

    /// <summary>Gets the name under which the client gets a header, or <see langword="null"/> if it does not get it.</summary>
    public static string? NameForClient(string name, bool remaps)
    {
        if (!remaps)
        {
            return ResponseDropped.Contains(name) ? null : name;
        }

        return ResponseRemapped.Contains(name) ? RemappedPrefix + name : OwnDropped.Contains(name) ? null : name;
    }

    private static FrozenSet<string> Set(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
