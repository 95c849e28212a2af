using System.Net;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Integrations.Http;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Integrations.Http;

public sealed class BackendRequestTests
{
    private static readonly Uri Backend = new("http://backend/");

    [Theory]
    [InlineData(null, "192.0.2.1")]
    [InlineData("", "192.0.2.1")]
    [InlineData("198.51.100.7", "198.51.100.7, 192.0.2.1")]
    public void Create_ForwardedFor_IsAppended(string? received, string expected)
    {
        using var request = Create("::ffff:192.0.2.1", ("X-Forwarded-For", received));

        Assert.Equal(expected, Header(request, "X-Forwarded-For"));
    }

    [Theory]
    [InlineData(2048 - 11, true)]
    [InlineData(2048 - 10, false)]
    public void Create_LongForwardedFor_IsCapped(int length, bool isKept)
    {
        using var request = Create("192.0.2.1", ("X-Forwarded-For", new string('1', length)));

        Assert.Equal(isKept ? 2048 : "192.0.2.1".Length, Header(request, "X-Forwarded-For")!.Length);
    }

    [Fact]
    public void Create_ForwardedHeadersOfAnyClient_AreNotBelieved()
    {
        using var request = Create("192.0.2.1", ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example.com"));

        Assert.Equal("http", Header(request, "X-Forwarded-Proto"));
        Assert.Equal("localhost", Header(request, "X-Forwarded-Host"));
    }

    [Fact]
    public void Create_HeadersOfTheConnection_StayBehind()
    {
        using var request = Create(
            "192.0.2.1", ("Connection", "close, X-Secret"), ("X-Secret", "x"), ("Keep-Alive", "5"), ("TE", "trailers"), ("X-Other", "y"));

        Assert.Null(Header(request, "X-Secret"));
        Assert.Null(Header(request, "Keep-Alive"));
        Assert.Null(Header(request, "TE"));
        Assert.Null(Header(request, "Connection"));
        Assert.Null(request.Headers.Host);
        Assert.Equal("y", Header(request, "X-Other"));
    }

    [Fact]
    public void Create_AwsProfile_SendsTraceAndApiId()
    {
        using var request = Create(
            static api => api.HeaderProfile = Middleware.Contracts.HeaderProfile.Aws, "192.0.2.1", ("X-Amzn-Apigateway-Api-Id", "forged"));

        Assert.Equal("api", Header(request, "X-Amzn-Apigateway-Api-Id"));
        Assert.StartsWith("Root=1-", Header(request, "X-Amzn-Trace-Id"), StringComparison.Ordinal);
        Assert.Null(Header(request, "X-Forwarded-Proto"));
    }

    private static HttpRequestMessage Create(string peer, params (string Name, string? Value)[] headers) =>
        Create(static _ => { }, peer, headers);

    private static HttpRequestMessage Create(
        Action<RestApiDefinition> configure, string peer, params (string Name, string? Value)[] headers)
    {
        var api = Compiled.HttpProxy("GET /a", "http://backend/");
        configure(api);
        var context = Compiled.Route(Compiled.Snapshot(api), "/dev/a");
        context.Http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        foreach (var (name, value) in headers)
        {
            context.Http.Request.Headers[name] = value;
        }

        var plan = (HttpIntegrationPlan)context.Route.Integration;
        return BackendRequest.Create(context, plan, Backend, body: null, isUpgrade: false, TimeProvider.System);
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
