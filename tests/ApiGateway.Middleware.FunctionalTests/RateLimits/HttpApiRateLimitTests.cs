using ApiGateway.Middleware.FunctionalTests.Harness;

namespace ApiGateway.Middleware.FunctionalTests.RateLimits;

/// <summary>Limits by caller on HTTP APIs: known callers are told apart after authorization, though the service's own limits come before it.</summary>
public sealed class HttpApiRateLimitTests
{
    private const string Settings =
        """
        {
          "Apis": { "orders": {
            "ProtocolType": "HTTP",
            "RateLimits": { "tenant": { "Key": "header:X-Tenant", "RateLimit": 1, "BurstLimit": 3 } },
            "Authorizers": { "by-token": { "Type": "REQUEST", "Handler": "by-token", "IdentitySource": "$request.header.Authorization" } },
            "Routes": {
              "GET /a": { "Integration": { "Type": "IN_PROCESS", "Handler": "in" } },
              "GET /me": {
                "AuthorizationType": "CUSTOM", "AuthorizerId": "by-token",
                "RateLimits": { "per-user": { "Key": "principal", "RateLimit": 1, "BurstLimit": 2 } },
                "Integration": { "Type": "IN_PROCESS", "Handler": "in" } } },
            "Stages": { "$default": { "RouteSettings": { "GET /a": { "ThrottlingRateLimit": 1, "ThrottlingBurstLimit": 5 } } } } } }
        }
        """;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Principal_OfTheAuthorizer_HasItsOwn()
    {
        await using var host = await LimitedApi.StartAsync(_time, Settings);

        Assert.Equal(2, await LimitedApi.ServedAsync(host, 3, "/me", ("Authorization", "bob"), ("X-Tenant", "b")));
        Assert.Equal(2, await LimitedApi.ServedAsync(host, 3, "/me", ("Authorization", "eve"), ("X-Tenant", "e")));
    }

    [Fact]
    public async Task Header_BesideTheRoutesLimit_BothApply()
    {
        await using var host = await LimitedApi.StartAsync(_time, Settings);

        Assert.Equal(3, await LimitedApi.ServedAsync(host, 3, "/a", ("X-Tenant", "one")));
        using var refused = await host.SendAsync(HttpMethod.Get, "/a", ("X-Tenant", "one"));
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.Equal("\"tenant\";r=0;t=3 | \"tenant\";q=3;w=3 | 1", LimitedApi.HeadersOf(refused));

        // One of the route's five is left: the refused request had taken one before it was known who called.
        Assert.Equal(1, await LimitedApi.ServedAsync(host, 3, "/a", ("X-Tenant", "two")));
    }
}
