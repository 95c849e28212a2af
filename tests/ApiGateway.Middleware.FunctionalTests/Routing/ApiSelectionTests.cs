using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.FunctionalTests.Routing;

/// <summary>Which API and stage answers, by host, base path, domain, default host and mount.</summary>
public sealed class ApiSelectionTests
{
    [Theory]
    [InlineData("/dev/x", "api dev")]
    [InlineData("/prod/x", "api prod")]
    [InlineData("/Dev/x", TestHost.Outside)]
    [InlineData("/d%65v/x", TestHost.Outside)]
    [InlineData("/other/x", TestHost.Outside)]
    [InlineData("/develop", TestHost.Outside)]
    [InlineData("/", TestHost.Outside)]
    public async Task Select_AnyHost_StageIsFirstSegmentAndOthersGoOn(string path, string expected)
    {
        await using var host = await TestHost.StartAsync(gateway => Add(gateway, "api", api => api.Stage("dev").Stage("prod")));

        Assert.Equal(expected, await host.GetTextAsync(path));
    }

    [Fact]
    public async Task Select_TwoApisOnAnyHost_StageTellsThemApart()
    {
        await using var host = await TestHost.StartAsync(gateway =>
        {
            Add(gateway, "one", api => api.Stage("dev"));
            Add(gateway, "two", api => api.Stage("test"));
        });

        Assert.Equal("one dev", await host.GetTextAsync("/dev/x"));
        Assert.Equal("two test", await host.GetTextAsync("/test/x"));
    }

    [Theory]
    [InlineData("api.example.com", "/dev/x", "exact dev")]
    [InlineData("API.Example.COM", "/dev/x", "exact dev")]
    [InlineData("api.example.com:8443", "/dev/x", "exact dev")]
    [InlineData("a.example.com", "/dev/x", "wild dev")]
    [InlineData("a.b.example.com", "/dev/x", "wild dev")]
    [InlineData("example.com", "/dev/x", "any dev")]
    [InlineData("badexample.com", "/dev/x", "any dev")]
    [InlineData("x.deep.example.com", "/dev/x", "deep dev")]
    public async Task Select_Hosts_MostSpecificAnswers(string name, string path, string expected)
    {
        await using var host = await TestHost.StartAsync(gateway =>
        {
            Add(gateway, "any", api => api.Stage("dev"));
            Add(gateway, "wild", api => api.Stage("dev").Host("*.example.com"));
            Add(gateway, "deep", api => api.Stage("dev").Host("*.deep.example.com"));
            Add(gateway, "exact", api => api.Stage("dev").Host("api.example.com"));
        });

        Assert.Equal(expected, await host.GetTextAsync(path, name));
    }

    [Fact]
    public async Task Select_HostClaimedButUnknownStage_IsForbidden()
    {
        await using var host = await TestHost.StartAsync(gateway => Add(gateway, "api", api => api.Stage("dev").Host("api.example.com")));

        using var response = await host.SendAsync(HttpMethod.Get, "/other/x", ("Host", "api.example.com"));

        await Refusal.AssertForbiddenAsync(response);
    }

    [Theory]
    [InlineData("/shop/dev/x", "shop dev")]
    [InlineData("/shop/v2/dev/x", "v2 dev")]
    [InlineData("/dev/x", "root dev")]
    [InlineData("/Shop/dev/x", TestHost.Outside)]
    [InlineData("/shopping/dev/x", TestHost.Outside)]
    [InlineData("//shop//dev//x", "shop dev")]
    public async Task Select_BasePaths_LongestWins(string path, string expected)
    {
        await using var host = await TestHost.StartAsync(gateway =>
        {
            Add(gateway, "root", api => api.Stage("dev"));
            Add(gateway, "shop", api => api.Stage("dev").BasePath("/shop"));
            Add(gateway, "v2", api => api.Stage("dev").BasePath("shop/v2/"));
        });

        Assert.Equal(expected, await host.GetTextAsync(path));
    }

    [Theory]
    [InlineData("/x", "one prod")]
    [InlineData("/v2/x", "two dev")]
    [InlineData("/v2/v3/x", "one prod")]
    [InlineData("/free/dev/x", "two dev")]
    [InlineData("/free/test/x", "two test")]
    public async Task Select_DomainName_MappingsFixApiAndStage(string path, string expected)
    {
        await using var host = await TestHost.StartAsync("""
            {
              "Apis": {
                "one": { "Routes": { "GET /x": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 201}" } } } }, "Stages": { "prod": {} } },
                "two": { "Routes": { "GET /x": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 202}" } } } }, "Stages": { "dev": {}, "test": {} } }
              },
              "DomainNames": {
                "api.example.com": {
                  "BasePathMappings": [
                    { "BasePath": "(none)", "RestApiId": "one", "Stage": "prod" },
                    { "BasePath": "v2", "RestApiId": "two", "Stage": "dev" },
                    { "BasePath": "/v2/v3/", "RestApiId": "one", "Stage": "prod" },
                    { "BasePath": "free", "RestApiId": "two" }
                  ]
                }
              }
            }
            """);

        using var response = await host.SendAsync(HttpMethod.Get, path, ("Host", "api.example.com"));

        Assert.Equal(expected.StartsWith("one", StringComparison.Ordinal) ? 201 : 202, (int)response.StatusCode);
    }

    [Fact]
    public async Task Select_DomainNameWithoutFittingMapping_IsForbidden()
    {
        await using var host = await TestHost.StartAsync(gateway =>
        {
            Add(gateway, "api", api => api.Stage("dev"));
            gateway.AddDomainName("api.example.com", domain =>
                domain.BasePathMappings.Add(new Definitions.BasePathMappingDefinition("api") { BasePath = "shop", Stage = "dev" }));
        });

        using var mapped = await host.SendAsync(HttpMethod.Get, "/shop/x", ("Host", "api.example.com"));
        using var unmapped = await host.SendAsync(HttpMethod.Get, "/dev/x", ("Host", "api.example.com"));

        Assert.Equal("api dev", await mapped.Content.ReadAsStringAsync());
        await Refusal.AssertForbiddenAsync(unmapped);
    }

    [Fact]
    public async Task Select_DefaultHost_AnswersEvenForApiWithHosts()
    {
        await using var host = await TestHost.StartAsync(gateway =>
        {
            Add(gateway, "one", api => api.Stage("dev").Host("api.example.com"));
            Add(gateway, "two", api => api.Stage("dev").Definition.Id = "abc123");
        });

        Assert.Equal("one dev", await host.GetTextAsync("/dev/x", "one.execute-api.us-east-1.amazonaws.com"));
        Assert.Equal("two dev", await host.GetTextAsync("/dev/x", "abc123.execute-api.us-east-1.amazonaws.com"));
        Assert.Equal("two dev", await host.GetTextAsync("/dev/x", "abc123.execute-api.eu-west-1.amazonaws.com"));
        using var unknownStage = await host.SendAsync(HttpMethod.Get, "/nope/x", ("Host", "one.execute-api.us-east-1.amazonaws.com"));
        await Refusal.AssertForbiddenAsync(unknownStage);
    }

    [Fact]
    public async Task Select_DefaultHostDisabled_IsForbiddenThereOnly()
    {
        await using var host = await TestHost.StartAsync(gateway => Add(gateway, "api", api => api.Stage("dev").Definition.DisableExecuteApiEndpoint = true));

        using var disabled = await host.SendAsync(HttpMethod.Get, "/dev/x", ("Host", "api.execute-api.us-east-1.amazonaws.com"));

        await Refusal.AssertForbiddenAsync(disabled);
        Assert.Equal("api dev", await host.GetTextAsync("/dev/x"));
    }

    [Theory]
    [InlineData("/gw/dev/x", "api dev")]
    [InlineData("/GW/dev/x", "api dev")]
    [InlineData("/dev/x", TestHost.Outside)]
    [InlineData("/gwx/dev/x", TestHost.Outside)]
    public async Task Select_Mount_AnswersBelowItOnly(string path, string expected)
    {
        await using var host = await StartMountedAsync();

        Assert.Equal(expected, await host.GetTextAsync(path));
    }

    [Theory]
    [InlineData("/gw/nope/x")]
    [InlineData("/gw/")]
    [InlineData("/gw")]
    public async Task Select_MountWithUnknownStage_IsForbidden(string path)
    {
        await using var host = await StartMountedAsync();

        using var response = await host.GetAsync(path);

        await Refusal.AssertForbiddenAsync(response);
    }

    [Fact]
    public async Task Select_BehindUsePathBase_StageFollowsThePathBase()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = gateway => Add(gateway, "api", api => api.Stage("dev")),
            App = static app =>
            {
                app.UsePathBase("/base");
                app.UseApiGateway();
            },
        });

        Assert.Equal("api dev", await host.GetTextAsync("/base/dev/x"));
        Assert.Equal("api dev", await host.GetTextAsync("/dev/x"));
    }

    [Fact]
    public async Task Select_PathRewrittenBeforeTheGateway_RewrittenPathCounts()
    {
        await using var host = await TestHost.StartAsync(new TestHostSetup
        {
            Gateway = gateway => Add(gateway, "api", api => api.Stage("dev")),
            App = static app =>
            {
                app.Use((http, next) =>
                {
                    http.Request.Path = "/dev/x";
                    return next(http);
                });
                app.UseApiGateway();
            },
        });

        Assert.Equal("api dev", await host.GetTextAsync("/something%20else?a=b"));
    }

    [Fact]
    public async Task Select_AbsoluteFormTarget_UsesItsPath()
    {
        await using var host = await TestHost.StartAsync(gateway => Add(gateway, "api", api => api.Stage("dev")));
        await using var connection = await host.ConnectAsync();

        await connection.SendAsync("GET http://localhost/dev/x?a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.Contains("api dev", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Select_AsteriskTarget_GoesOn()
    {
        await using var host = await TestHost.StartAsync(gateway => Add(gateway, "api", api => api.Stage("dev")));
        await using var connection = await host.ConnectAsync();

        await connection.SendRequestAsync("OPTIONS * HTTP/1.1");

        Assert.Contains(TestHost.Outside, await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private static Task<TestHost> StartMountedAsync() => TestHost.StartAsync(new TestHostSetup
    {
        Gateway = gateway => Add(gateway, "api", api => api.Stage("dev")),
        App = static app => app.UseApiGateway("/gw"),
    });

    private static void Add(IApiGatewayBuilder gateway, string name, Action<RestApiBuilder> configure)
    {
        gateway.AddRestApi(name, api =>
        {
            api.Map("GET /x", static method => method.InProcess("tell"));
            configure(api);
        });
        gateway.AddHandler("tell", static http =>
        {
            var feature = http.Features.Get<Context.IGatewayFeature>()!;
            return http.Response.WriteAsync($"{feature.ApiName} {feature.Stage}");
        });
    }
}
