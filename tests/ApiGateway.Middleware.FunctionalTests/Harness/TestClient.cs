using System.Net;
using System.Text;

namespace ApiGateway.Middleware.FunctionalTests.Harness;

/// <summary>Clients that send what they are told: no redirects, no cookies, no proxy, no changes to the target.</summary>
internal static class TestClient
{
    public static HttpClient Create(string url, bool isHttp2) => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8,
        UseCookies = false,
        UseProxy = false,
    })
    {
        BaseAddress = new Uri(url),
        DefaultRequestVersion = isHttp2 ? HttpVersion.Version20 : HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = Wait.Limit,
    };

    public static HttpRequestMessage Request(HttpMethod method, Uri server, string target) => new(
        method,
        new Uri(server.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
    {
        Version = HttpVersion.Version11,
    };
}
