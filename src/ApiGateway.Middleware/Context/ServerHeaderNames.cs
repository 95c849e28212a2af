using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace ApiGateway.Middleware.Context;

/// <summary>Names of request headers that Kestrel gives in its own spelling, whatever the client's was.</summary>
internal static class ServerHeaderNames
{
    private static readonly FrozenSet<string> Names = new[]
    {
        HeaderNames.Accept, HeaderNames.AcceptCharset, HeaderNames.AcceptEncoding, HeaderNames.AcceptLanguage,
        HeaderNames.AccessControlRequestHeaders, HeaderNames.AccessControlRequestMethod, HeaderNames.Authorization,
        HeaderNames.Baggage, HeaderNames.CacheControl, HeaderNames.Connection, HeaderNames.ContentEncoding, HeaderNames.ContentLength,
        HeaderNames.ContentType, HeaderNames.Cookie, HeaderNames.CorrelationContext, HeaderNames.Date, HeaderNames.Expect, HeaderNames.From,
        HeaderNames.GrpcAcceptEncoding, HeaderNames.GrpcEncoding, HeaderNames.GrpcTimeout, HeaderNames.Host, HeaderNames.IfMatch,
        HeaderNames.IfModifiedSince, HeaderNames.IfNoneMatch, HeaderNames.IfRange, HeaderNames.IfUnmodifiedSince, HeaderNames.KeepAlive,
        HeaderNames.MaxForwards, HeaderNames.Origin, HeaderNames.Pragma, HeaderNames.ProxyAuthorization, HeaderNames.Range,
        HeaderNames.Referer, HeaderNames.RequestId, HeaderNames.TE, HeaderNames.TraceParent, HeaderNames.TraceState, HeaderNames.Trailer,
        HeaderNames.TransferEncoding, HeaderNames.Translate, HeaderNames.Upgrade, HeaderNames.UpgradeInsecureRequests,
        HeaderNames.UserAgent, HeaderNames.Via, HeaderNames.Warning, HeaderNames.XRequestedWith,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Tells whether a name, as the server gives it, may have been spelled otherwise by the client.</summary>
    public static bool Contain(string name) => Names.Contains(name);
}
