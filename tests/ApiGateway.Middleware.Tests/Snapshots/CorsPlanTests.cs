using ApiGateway.Middleware.Definitions;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Tests.Snapshots;

public sealed class CorsPlanTests
{
    [Theory]
    [InlineData("https://shop.example.com", "https://shop.example.com", true)]
    [InlineData("HTTPS://Shop.Example.com:443", "https://shop.example.com", true)]
    [InlineData("http://localhost:80", "http://localhost", true)]
    [InlineData("http://localhost:3000", "http://localhost:3000", true)]
    [InlineData("https://shop.example.com", "http://shop.example.com", false)]
    [InlineData("https://shop.example.com", "https://shop.example.com:8443", false)]
    [InlineData("https://shop.example.com", "https://shop.example.com.evil.com", false)]
    [InlineData("https://shop.example.com", "https://shopxexample.com", false)]
    [InlineData("https://shop.example.com", "null", false)]
    [InlineData("https://shop.example.com", "", false)]
    [InlineData("https://*.example.com", "https://a.example.com", true)]
    [InlineData("https://*.example.com", "https://a.b.example.com", true)]
    [InlineData("https://*.example.com:8443", "https://a.example.com:8443", true)]
    [InlineData("https://*.example.com", "https://example.com", false)]
    [InlineData("https://*.example.com", "https://.example.com", false)]
    [InlineData("https://*.example.com", "https://a..example.com", false)]
    [InlineData("https://*.example.com", "https://evilexample.com", false)]
    [InlineData("https://*.example.com", "https://a.example.com:8443", false)]
    [InlineData("https://*.example.com", "http://a.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.com/.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.com#.example.com", false)]
    [InlineData("https://*.example.com", "https://evil.com:1.example.com", false)]
    [InlineData("https://*.example.com", "https://u@a.example.com", false)]
    [InlineData("https://*.example.com", "https://a.example.com.evil.com", false)]
    public void TryAllow_Origin_IsComparedAsAWhole(string allowed, string sent, bool expected)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Cors = new CorsDefinition { AllowOrigins = { allowed } };
        var plan = Compiled.Stage(api).Api.Cors!;

        Assert.Equal(expected, plan.TryAllow(sent, out var value));
        Assert.Same(expected ? sent : null, value);
    }

    [Fact]
    public void TryAllow_NoneOrSeveralOrigins_AllowsNone()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Cors = new CorsDefinition { AllowOrigins = { "https://a.example.com" } };
        var plan = Compiled.Stage(api).Api.Cors!;

        Assert.False(plan.TryAllow(StringValues.Empty, out _));
        Assert.False(plan.TryAllow(new StringValues(["https://a.example.com", "https://a.example.com"]), out _));
    }

    [Fact]
    public void TryAllow_AnyOrigin_IsAStar()
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Cors = new CorsDefinition { AllowOrigins = { "https://a.example.com", "*" } };
        var plan = Compiled.Stage(api).Api.Cors!;

        Assert.True(plan.TryAllow("https://other.example", out var value));
        Assert.Equal("*", value);
    }
}
