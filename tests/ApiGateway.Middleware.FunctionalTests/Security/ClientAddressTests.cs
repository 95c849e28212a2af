using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Security;

/// <summary>Who the caller is, behind proxies that are trusted and proxies that are not.</summary>
public sealed class ClientAddressTests
{
    private const string Loopback = "\"127.0.0.0/8\"";

    [Theory]
    [InlineData("", 1, "9.9.9.9", "127.0.0.1")]
    [InlineData("\"10.0.0.0/8\"", 1, "9.9.9.9", "127.0.0.1")]
    [InlineData(Loopback, 1, null, "127.0.0.1")]
    [InlineData(Loopback, 1, "9.9.9.9", "9.9.9.9")]
    [InlineData("\"127.0.0.1\"", 1, "9.9.9.9", "9.9.9.9")]
    [InlineData(Loopback, 1, "8.8.8.8, 9.9.9.9", "9.9.9.9")]
    [InlineData(Loopback, 3, "8.8.8.8, 9.9.9.9", "9.9.9.9")]
    [InlineData(Loopback + ", \"10.0.0.0/8\"", 1, "9.9.9.9, 10.0.0.1", "10.0.0.1")]
    [InlineData(Loopback + ", \"10.0.0.0/8\"", 2, "9.9.9.9, 10.0.0.1", "9.9.9.9")]
    [InlineData(Loopback + ", \"10.0.0.0/8\"", 32, "7.7.7.7, 9.9.9.9, 10.0.0.2, 10.0.0.1", "9.9.9.9")]
    [InlineData(Loopback + ", \"10.0.0.0/8\"", 32, "9.9.9.9, nonsense, 10.0.0.1", "10.0.0.1")]
    [InlineData(Loopback, 1, "nonsense", "127.0.0.1")]
    [InlineData(Loopback, 1, "", "127.0.0.1")]
    [InlineData(Loopback, 1, "9.9.9.9:1234", "9.9.9.9")]
    [InlineData(Loopback, 1, "[2001:db8::1]:1234", "2001:db8::1")]
    [InlineData(Loopback, 1, "2001:db8::1", "2001:db8::1")]
    [InlineData(Loopback, 1, "fe80::1%eth0", "fe80::1")]
    [InlineData(Loopback, 1, "::ffff:9.9.9.9", "9.9.9.9")]
    public async Task SourceIp_TrustAndForwardedFor_GiveTheFirstUntrusted(string trusted, int limit, string? forwardedFor, string expected)
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Settings = $$"""{ "TrustedProxies": [ {{trusted}} ], "ForwardLimit": {{limit}} }""",
            Gateway = static gateway => gateway
                .AddRestApi("api", static api => api.Map("GET /x", static method => method.InProcess("tell")).Stage("dev"))
                .AddHandler("tell", static http => http.Response.WriteAsync($"{http.Features.Get<IGatewayFeature>()!.SourceIp}")),
        });

        using var response = await host.SendAsync(HttpMethod.Get, "/dev/x", forwardedFor is null ? [] : [("X-Forwarded-For", forwardedFor)]);

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }
}
