using System.Collections.Concurrent;
using System.Net;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.FunctionalTests.Guides;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.HttpApis;

/// <summary>Private backends behind VPC links: V-1 to V-4, and the same for REST APIs.</summary>
public sealed class LinkTests
{
    private const string Listener = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/x/1/2";
    private const string Service = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-1?stage=prod";

    // V-3: the whole path, and the client's host.
    [Fact]
    public async Task Link_OfTheSettings_GetsPathAndHostOfTheClient()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(
            $$"""
            { "VpcLinks": { "abc123": "{{backend.Url}}" },
              "Apis": { "api": { "ProtocolType": "HTTP", "Stages": { "dev": {} }, "Routes": { "GET /pets/{id}": { "Integration": {
                "IntegrationType": "HTTP_PROXY", "IntegrationUri": "{{Listener}}", "ConnectionType": "VPC_LINK", "ConnectionId": "abc123" } } } } } }
            """);

        using var response = await host.GetAsync("/dev/pets/a%20b?x=1");
        var request = await backend.NextAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("/dev/pets/a%20b?x=1", $"127.0.0.1:{host.Port}"), (request.Target, request["Host"]));
    }

    [Fact]
    public async Task Link_PathOverwritten_LosesTheStage()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await StartAsync(
            Listener, gateway => gateway.AddVpcLink("link", backend.Url), static integration => integration.RequestParameters["overwrite:path"] = "$request.path");

        using var response = await host.GetAsync("/dev/pets/a%20b?x=1");

        Assert.Equal("/pets/a%20b?x=1", (await backend.NextAsync()).Target);
    }

    [Fact]
    public async Task Link_Resolver_IsAskedForEachRequest()
    {
        await using var first = await TestBackend.StartAsync(static http => http.Response.WriteAsync("first"));
        await using var second = await TestBackend.StartAsync(static http => http.Response.WriteAsync("second"));
        var targets = new ConcurrentQueue<VpcLinkTarget>();
        await using var host = await StartAsync(Service, gateway => gateway.AddVpcLink("link", target =>
        {
            targets.Enqueue(target);
            return targets.Count switch
            {
                1 => new Uri(first.Url),
                2 => new Uri(second.Url),
                3 => null,
                _ => throw new InvalidOperationException("broken"),
            };
        }));

        Assert.Equal("first", await host.GetTextAsync("/dev/x"));
        Assert.Equal("second", await host.GetTextAsync("/dev/x"));
        Assert.Equal("""{"message":"Service Unavailable"}""", await host.GetTextAsync("/dev/x"));
        Assert.Equal("""{"message":"Service Unavailable"}""", await host.GetTextAsync("/dev/x"));
        Assert.Equal([.. Enumerable.Repeat(new VpcLinkTarget("link", Service), 4)], targets);
    }

    // V-4.
    [Fact]
    public async Task Link_ThatNobodyKnows_503()
    {
        await using var host = await StartAsync(Listener, static _ => { });

        Assert.Equal(
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 33\r\nConnection: close\r\napigw-requestid: *\r\n\r\n{\"message\":\"Service Unavailable\"}",
            await host.RawAsync("GET /dev/x HTTP/1.1"));
    }

    // V-2: the certificate's name is that of the definition, whatever the host.
    [Theory]
    [InlineData("backend.example.com", HttpStatusCode.OK)]
    [InlineData("other.example.com", HttpStatusCode.ServiceUnavailable)]
    public async Task Link_WithServerName_ChecksTheCertificateForIt(string serverName, HttpStatusCode expected)
    {
        using var certificate = TestCertificate.SelfSigned(isForLoopback: false);
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync("secure"), certificate: certificate);
        await using var host = await StartAsync(Listener, gateway => gateway.AddVpcLink("link", backend.Url), integration =>
        {
            integration.ServerNameToVerify = serverName;
            integration.InsecureSkipVerification = true;
        });

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Link_WithServerNameOfAnUnknownAuthority_503()
    {
        using var certificate = TestCertificate.SelfSigned(isForLoopback: false);
        await using var backend = await TestBackend.StartAsync(static http => http.Response.WriteAsync("secure"), certificate: certificate);
        await using var host = await StartAsync(
            Listener, gateway => gateway.AddVpcLink("link", backend.Url), static integration => integration.ServerNameToVerify = "backend.example.com");

        using var response = await host.GetAsync("/dev/x");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Link_OfARestApi_TakesThePlaceOfTheServer()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(gateway => gateway
            .AddVpcLink("link", backend.Url)
            .AddRestApi("api", static api => api
                .Map("GET /x", static method => method.HttpProxy("http://nlb.example.com/base?own=1", static integration =>
                {
                    integration.ConnectionType = "VPC_LINK";
                    integration.ConnectionId = "link";
                }))
                .Stage("dev")));

        using var response = await host.GetAsync("/dev/x?q=1");
        var request = await backend.NextAsync();

        Assert.Equal(("/base?own=1&q=1", "nlb.example.com"), (request.Target, request["Host"]));
        Assert.DoesNotContain(host.Logs.Warnings, static entry => entry.Message.Contains("VPC links", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guide_Example_DoesWhatTheGuideSays()
    {
        await using var backend = await TestBackend.StartAsync();
        await using var host = await TestHost.StartAsync(
            Assert.Single(new Guide("vpc-links.md").BlocksOf("json")).Replace("http://localhost:5001", backend.Url, StringComparison.Ordinal));

        using var response = await host.GetAsync("/dev/orders/7");

        Assert.Equal("/orders/7", (await backend.NextAsync()).Target);
    }

    [Theory]
    [InlineData("http://127.0.0.1/path")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("abc")]
    public async Task Settings_LinkThatIsNoServer_IsAnError(string address)
    {
        var exception = await Assert.ThrowsAsync<DefinitionException>(() => TestHost.StartAsync($$"""{ "VpcLinks": { "link": "{{address}}" } }"""));

        Assert.Contains($"VpcLinks:link", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"must be scheme, host and port such as 'http://127.0.0.1:4566', but is '{address}'", exception.Message, StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(string uri, Action<IApiGatewayBuilder> gateway, Action<IntegrationDefinition>? configure = null) =>
        HttpApiSetup.StartProxyAsync(uri, "GET /{p+}", "dev", integration =>
        {
            integration.ConnectionType = "VPC_LINK";
            integration.ConnectionId = "link";
            configure?.Invoke(integration);
        }, gateway: gateway);
}
