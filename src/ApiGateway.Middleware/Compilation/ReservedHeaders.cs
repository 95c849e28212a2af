using System.Collections.Frozen;

namespace ApiGateway.Middleware.Compilation;

/// <summary>The headers that parameter mappings of HTTP APIs must not change. Source: "Transform API requests and responses for HTTP APIs".</summary>
internal static class ReservedHeaders
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "authorization", "connection", "content-encoding", "content-length", "content-location", "forwarded", "keep-alive", "origin",
        "proxy-authenticate", "proxy-authorization", "te", "trailers", "transfer-encoding", "upgrade", "x-forwarded-for", "x-forwarded-host",
        "x-forwarded-proto", "via",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes = ["access-control-", "apigw-", "x-amz-", "x-amzn-"];

    public static bool Contain(string name) =>
        Names.Contains(name) || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
