using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Pipeline.Routing;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Routing;

public sealed class ApiSelectorTests
{
    [Theory]
    [InlineData("/dev/a/b", "/a/b")]
    [InlineData("//dev/a", "/a")]
    [InlineData("/dev//a", "/a")]
    [InlineData("///dev///a//b", "/a//b")]
    [InlineData("/dev/a/", "/a/")]
    [InlineData("/dev", "")]
    [InlineData("/dev/", "/")]
    public void TrySelect_StageInPath_CutsItOff(string target, string resource)
    {
        var match = Select(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), target);

        Assert.Equal("dev", match!.Value.Stage!.Name);
        Assert.Equal(resource, target[match.Value.ResourceStart..]);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/other/a")]
    [InlineData("/DEV/a")]
    [InlineData("/de")]
    [InlineData("/devel")]
    [InlineData("/%64ev/a")]
    public void TrySelect_NoStageOfAnApiWithoutHost_GoesOn(string target) =>
        Assert.Null(Select(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), target));

    [Theory]
    [InlineData("api.example.com", "/dev/a", "dev")]
    [InlineData("API.example.com:8080", "/dev/a", "dev")]
    [InlineData("api.example.com", "/none/a", null)]
    [InlineData("x.y.example.org", "/dev/a", "dev")]
    public void TrySelect_OwnHost_ClaimsEverything(string host, string target, string? stage)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Hosts.Add("api.example.com");
        api.Hosts.Add("*.example.org");

        var match = Select(Compiled.Snapshot(api), target, host);

        Assert.Equal("api", match!.Value.Api.Name);
        Assert.Equal(stage, match.Value.Stage?.Name);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("example.org")]
    [InlineData("evil-api.example.com")]
    [InlineData("xexample.org")]
    [InlineData("api.example.com.evil.net")]
    public void TrySelect_ForeignHost_GoesOn(string host)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.Hosts.Add("api.example.com");
        api.Hosts.Add("*.example.org");

        Assert.Null(Select(Compiled.Snapshot(api), "/dev/a", host));
    }

    [Theory]
    [InlineData("/shop/dev/a", "/a")]
    [InlineData("/shop//dev/a", "/a")]
    [InlineData("/shopping/dev/a", null)]
    [InlineData("/Shop/dev/a", null)]
    [InlineData("/dev/a", null)]
    public void TrySelect_BasePath_IsAWholePrefix(string target, string? resource)
    {
        var api = Compiled.Mocks("api", "GET /a");
        api.BasePath = "shop/";

        var match = Select(Compiled.Snapshot(api), target);

        Assert.Equal(resource, match is { } found ? target[found.ResourceStart..] : null);
    }

    [Theory]
    [InlineData("/gw/dev/a", "dev")]
    [InlineData("/GW/dev/a", "dev")]
    [InlineData("/gw/none", null)]
    [InlineData("/gw", null)]
    public void TrySelect_Mount_ClaimsEverythingBelow(string target, string? stage)
    {
        var match = Select(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), target, mount: "/gw");

        Assert.Equal(stage, match!.Value.Stage?.Name);
    }

    [Theory]
    [InlineData("/dev/a")]
    [InlineData("/gwx/dev/a")]
    public void TrySelect_OutsideTheMount_GoesOn(string target) =>
        Assert.Null(Select(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), target, mount: "/gw"));

    [Theory]
    [InlineData(false, "/dev/a", "dev")]
    [InlineData(false, "/none/a", null)]
    [InlineData(true, "/dev/a", null)]
    public void TrySelect_DefaultHost_ClaimsAndCanBeDisabled(bool isDisabled, string target, string? stage)
    {
        var api = Compiled.Mocks("orders", "GET /a");
        api.DisableExecuteApiEndpoint = isDisabled;

        var match = Select(Compiled.Snapshot(api), target, "orders.execute-api.us-east-1.amazonaws.com");

        Assert.Equal(stage, match!.Value.Stage?.Name);
    }

    [Theory]
    [InlineData("/v1/a", "one", "dev", "/a")]
    [InlineData("/v1/beta/dev/a", "two", "dev", "/a")]
    [InlineData("/v1/beta/none/a", "two", null, "")]
    [InlineData("/v2", "one", null, "")]
    public void TrySelect_DomainName_LongestBasePathWins(string target, string api, string? stage, string resource)
    {
        var domain = new DomainNameDefinition("api.example.com")
        {
            BasePathMappings =
            {
                new BasePathMappingDefinition("one") { BasePath = "v1", Stage = "dev" },
                new BasePathMappingDefinition("two") { BasePath = "v1/beta", Stage = "(none)" },
            },
        };
        var (snapshot, errors) = Compile([domain], Compiled.Mocks("one", "GET /a"), Compiled.Mocks("two", "GET /a").WithHost("two.example.com"));
        Assert.Empty(errors);

        var match = Select(snapshot!, target, "api.example.com");

        Assert.Equal(api, match!.Value.Api.Name);
        Assert.Equal(stage, match.Value.Stage?.Name);
        Assert.Equal(resource, target[match.Value.ResourceStart..]);
    }

    [Fact]
    public void Compile_SameStageAtTheSamePlace_IsAnError()
    {
        var (_, errors) = Compile([], Compiled.Mocks("one", "GET /a"), Compiled.Mocks("two", "GET /a"));

        Assert.Contains("Stage 'dev' is also a stage of API 'one'", Assert.Single(errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_WrongPlaces_TellsAll()
    {
        var api = Compiled.Mocks("one", "GET /a").WithHost("http://x");
        api.BasePath = "/{a}";
        var domain = new DomainNameDefinition("api.example.com")
        {
            BasePathMappings =
            {
                new BasePathMappingDefinition("none"),
                new BasePathMappingDefinition("one") { Stage = "none" },
                new BasePathMappingDefinition("one") { BasePath = "a", Stage = "dev" },
                new BasePathMappingDefinition("one") { BasePath = "/a/", Stage = "dev" },
            },
        };

        var (_, errors) = Compile([domain, new DomainNameDefinition("empty.example.com")], api);

        Assert.Equal(6, errors.Count);
    }

    [Fact]
    public void Compile_DomainNameOfWebSocketAndOtherApis_IsRefused()
    {
        var chat = new WebSocketApiDefinition("chat") { RouteSelectionExpression = "$request.body.action", Stages = { ["prod"] = new StageDefinition("prod") } };
        var other = new DomainNameDefinition("both.example.com")
        {
            BasePathMappings = { new BasePathMappingDefinition("one") { BasePath = "one" }, new BasePathMappingDefinition("chat") { BasePath = "chat" } },
        };
        var own = new DomainNameDefinition("chat.example.com") { BasePathMappings = { new BasePathMappingDefinition("chat") { Stage = "prod" } } };

        var (_, errors) = Compile([other, own], Compiled.Mocks("one", "GET /a"), chat);

        Assert.Contains("A domain name is for WebSocket APIs, or for REST and HTTP APIs, but 'both.example.com' has both 'one' and 'chat'.", Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    private static (GatewaySnapshot? Snapshot, IReadOnlyList<DefinitionError> Errors) Compile(
        DomainNameDefinition[] domains, params ApiDefinition[] apis)
    {
        var definition = new GatewayDefinition();
        foreach (var api in apis)
        {
            definition.Apis.Add(api);
        }

        foreach (var domain in domains)
        {
            definition.DomainNames.Add(domain);
        }

        var errors = new DefinitionErrors();
        var snapshot = new GatewayCompiler(Compiled.NoHandlers).Compile(definition, Compiled.Identity, ClientAddressPlan.TrustNobody, errors);
        return (snapshot, errors.Errors);
    }

    private static ApiMatch? Select(GatewaySnapshot snapshot, string target, string host = "localhost", string mount = "")
    {
        var request = RequestTarget.Of(new TestRequest(target, host: host).Http);
        return ApiSelector.TrySelect(snapshot.Directory, host, request, mount, out var match) ? match : null;
    }
}
