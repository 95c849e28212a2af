using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.Validation;

/// <summary>Required parameters: there and not blank.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("X-A: 1", true)]
    [InlineData("x-a: 1", true)]
    [InlineData("x-a: 1\r\nX-A:", true)]
    [InlineData("X-A:", false)]
    [InlineData("X-A:   ", false)]
    [InlineData("X-AA: 1", false)]
    public async Task Header_AbsentOrBlank_IsMissing(string headers, bool isThere)
    {
        await using var host = await StartAsync("GET /x", "method.request.header.X-A");
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("GET /dev/x HTTP/1.1", headers);

        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith(isThere ? "HTTP/1.1 200 OK" : "HTTP/1.1 400 Bad Request", answer, StringComparison.Ordinal);
        Assert.Equal(!isThere, answer.EndsWith("""{"message": "Missing required request parameters: [X-A]"}""", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData("content-type")]
    [InlineData("Authorization")]
    public async Task Header_ThatTheServerKnows_CanBeRequired(string name)
    {
        await using var host = await StartAsync("GET /x", $"method.request.header.{name}");

        using var without = await host.GetAsync("/dev/x");
        await using var connection = await host.ConnectAsync();
        await connection.SendRequestAsync("GET /dev/x HTTP/1.1", $"{name}: text/plain");

        await ValidatedApi.AssertMissingAsync(without, name);
        Assert.StartsWith("HTTP/1.1 200", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_OverHttp2_IsFoundWhateverTheCase()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Protocols = HttpProtocols.Http2,
            Gateway = static gateway => gateway.AddHandler("ok", static _ => Task.CompletedTask).AddRestApi("api", static api =>
            {
                api.Definition.RequestValidators["v"] = new RequestValidatorDefinition("v") { ValidateRequestParameters = true };
                api.Stage("dev").Map("GET /x", static method => method.InProcess("ok").ValidateBy("v", "method.request.header.X-Tenant"));
            }),
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Client.BaseAddress!, "/dev/x"))
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { { "x-tenant", "a" } },
        };

        using var response = await host.Client.SendAsync(request);

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("?a=1", true)]
    [InlineData("?a=0&b", true)]
    [InlineData("?a=anything%20at%20all", true)]
    [InlineData("", false)]
    [InlineData("?a", false)]
    [InlineData("?a=", false)]
    [InlineData("?a=%20", false)]
    [InlineData("?A=1", false)]
    public async Task Query_AbsentOrBlank_IsMissing(string query, bool isThere)
    {
        await using var host = await StartAsync("GET /x", "method.request.querystring.a");

        using var response = await host.GetAsync("/dev/x" + query);

        await AssertAsync(response, isThere, "a");
    }

    [Theory]
    [InlineData("/dev/orders/42", true)]
    [InlineData("/dev/orders/%20", false)]
    public async Task Path_OfTheResource_IsThere(string target, bool isThere)
    {
        await using var host = await StartAsync("GET /orders/{id}", "method.request.path.id");

        using var response = await host.GetAsync(target);

        await AssertAsync(response, isThere, "id");
    }

    [Fact]
    public async Task Path_ThatTheResourceDoesNotDeclare_IsAlwaysMissing()
    {
        await using var host = await StartAsync("GET /orders/{id}", "method.request.path.issuer");

        using var response = await host.GetAsync("/dev/orders/42?issuer=1");

        await ValidatedApi.AssertMissingAsync(response, "issuer");
    }

    [Fact]
    public async Task Missing_Several_AreToldByTheTextOfTheirKeys()
    {
        await using var host = await StartAsync(
            "GET /x", "method.request.querystring.qs1", "method.request.path.issuer", "method.request.header.x-header-param", "method.request.header.a");

        using var all = await host.GetAsync("/dev/x");
        using var some = await host.SendAsync(HttpMethod.Get, "/dev/x?qs1=1", ("A", "1"));

        await ValidatedApi.AssertMissingAsync(all, "a, x-header-param, issuer, qs1");
        await ValidatedApi.AssertMissingAsync(some, "x-header-param, issuer");
    }

    [Fact]
    public async Task Optional_Absent_Passes()
    {
        await using var host = await ValidatedApi.StartAsync(static api => api.Map("GET /x", static method =>
            method.InProcess("ok").ValidateBy(ValidatedApi.ParametersAndBody).Definition.RequestParameters["method.request.querystring.a"] = false));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ValidatedApi.BodyOnly)]
    public async Task Required_WithoutAValidatorOfParameters_IsNotLookedAt(string? validator)
    {
        await using var host = await ValidatedApi.StartAsync(api => api.Map("GET /x", method =>
            method.InProcess("ok").ValidateBy(validator!, "method.request.querystring.a")));

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task Any_EachMethod_IsValidated()
    {
        await using var host = await StartAsync("ANY /x", "method.request.querystring.a");

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post, HttpMethod.Delete, HttpMethod.Options, HttpMethod.Patch })
        {
            using var response = await host.SendAsync(method, "/dev/x");
            await ValidatedApi.AssertMissingAsync(response, "a");
        }
    }

    private static Task<TestHost> StartAsync(string route, params string[] required) => ValidatedApi.StartAsync(
        api => api.Map(route, method => method.InProcess("ok").ValidateBy(ValidatedApi.ParametersOnly, required)));

    private static Task AssertAsync(HttpResponseMessage response, bool isThere, string name)
    {
        if (!isThere)
        {
            return ValidatedApi.AssertMissingAsync(response, name);
        }

        Assert.Equal(200, (int)response.StatusCode);
        return Task.CompletedTask;
    }
}
