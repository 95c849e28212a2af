using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Definitions;

namespace ApiGateway.Middleware.Tests.Context;

/// <summary>The variables of <c>$context</c> that kinds of API have in other forms.</summary>
public sealed class ContextVariablesTests
{
    [Theory]
    [InlineData("routeKey", "GET /orders/{id}")]
    [InlineData("resourcePath", "/orders/{id}")]
    [InlineData("protocol", "HTTP/1.1")]
    [InlineData("stage", "$default")]
    [InlineData("path", "/orders/a%20b")]
    [InlineData("customDomain.basePathMatched", null)]
    public void Find_OfAnHttpApi_HasItsForm(string name, string? expected)
    {
        var context = Compiled.Route(Compiled.Snapshot(Compiled.InProcess("api", "GET /orders/{id}")), "/orders/a%20b");
        context.Http.Request.Protocol = "HTTP/2";

        Assert.Equal(expected, ContextVariables.Find(context, name));
    }

    [Fact]
    public void Find_Ids_AreOneWithHttpApisAndTwoWithRestApis()
    {
        var http = Compiled.Route(Compiled.Snapshot(Compiled.InProcess("api", "GET /a")), "/a");
        var rest = Compiled.Route(Compiled.Snapshot(Compiled.Mocks("api", "GET /a")), "/dev/a");

        Assert.Matches("^[A-Za-z0-9_-]{15}=$", ContextVariables.Find(http, "requestId")!);
        Assert.Equal(ContextVariables.Find(http, "requestId"), ContextVariables.Find(http, "extendedRequestId"));
        Assert.Equal(36, ContextVariables.Find(rest, "requestId")!.Length);
        Assert.NotEqual(ContextVariables.Find(rest, "requestId"), ContextVariables.Find(rest, "extendedRequestId"));
    }

    [Theory]
    [InlineData("/orders/v2/a", "orders/v2")]
    [InlineData("/a", null)]
    public void Find_BasePathMatched_IsTheKeyOfTheMapping(string path, string? expected)
    {
        var definition = new GatewayDefinition();
        var api = Compiled.InProcess("api", "GET /a");
        definition.Apis.Add(api);
        var domain = new DomainNameDefinition("api.example.com");
        domain.BasePathMappings.Add(new BasePathMappingDefinition("api") { BasePath = "orders/v2", Stage = "$default" });
        domain.BasePathMappings.Add(new BasePathMappingDefinition("api") { Stage = "$default" });
        definition.DomainNames.Add(domain);

        var context = Compiled.Route(Compiled.Snapshot(definition), path, host: "api.example.com");

        Assert.Equal("GET /a", context.Route.Key);
        Assert.Equal(expected, ContextVariables.Find(context, "customDomain.basePathMatched"));
    }

    [Fact]
    public void BasePath_OverItsLength_IsRefused()
    {
        var definition = new GatewayDefinition();
        definition.Apis.Add(Compiled.InProcess("api", "GET /a"));
        var domain = new DomainNameDefinition("api.example.com");
        domain.BasePathMappings.Add(new BasePathMappingDefinition("api") { BasePath = new string('a', 301), Stage = "$default" });
        definition.DomainNames.Add(domain);

        Assert.Equal("must have at most 300 characters, but has 301.", Assert.Single(Compiled.Errors(definition).Errors).Message);
    }
}
