using System.Net;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Documents that settings name.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly HostedFolder _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Definition_OfAnApi_IsReadWithTheSettingsBesideIt()
    {
        _host.Write("orders.yaml", Mock("/x", 201));
        Settings("""
            "orders": { "Definition": "orders.yaml", "BasePath": "/shop", "ResponseIds": false, "HeaderProfile": "Plain", "Cors": "https://a.example.com",
                        "BinaryMediaTypes": ["image/png"], "Stages": { "dev": { "Variables": { "a": "b" } } } }
            """);
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.Created, await HostedFolder.StatusAsync(app, "/shop/dev/x"));
        var api = await LoadAsync(app);
        Assert.Equal((DefinitionProfile.Exact, "/shop", false), (api.Profile, api.BasePath, api.ResponseIds!.Value));
        Assert.Equal(Contracts.HeaderProfile.Plain, api.HeaderProfile);
        Assert.Equal(["https://a.example.com"], api.Cors!.AllowOrigins);
        Assert.Equal(["image/jpeg", "image/png"], api.BinaryMediaTypes);
        Assert.Equal("b", api.Stages["dev"].Variables["a"]);
        Assert.Equal("appsettings.json", api.Origin!.Source);
        Assert.Equal("orders.yaml", api.Methods[0].Origin!.Source);
    }

    [Fact]
    public async Task Definition_WithRoutes_RouteReplacesTheWholeMethod()
    {
        _host.Write("orders.yaml", Mock("/x", 201));
        Settings("""
            "orders": { "Definition": "orders.yaml", "Stages": { "dev": {} }, "Routes": {
              "GET /x": { "Integration": { "Type": "MOCK", "RequestTemplates": { "application/json": "{\"statusCode\": 202}" } } },
              "GET /y": { "Integration": { "Type": "IN_PROCESS" } } } }
            """);
        await using var app = await StartAsync();

        Assert.Equal("in process: /y", await HostedFolder.GetAsync(app, "/dev/y"));
        var methods = (await LoadAsync(app)).Methods;
        Assert.Equal(["GET /x", "GET /y"], methods.Select(static method => method.RouteKey));
        Assert.Equal("{\"statusCode\": 202}", methods[0].Integration!.RequestTemplates["application/json"]);
        Assert.Empty(methods[0].MethodResponses);
    }

    [Fact]
    public async Task Definition_SeveralDocumentsAndImportOptions_AreApplied()
    {
        _host.Write("a.yaml", "openapi: 3.0.0\nservers: [{url: 'https://h/base/part'}]\npaths: {/x: {get: {}}}");
        _host.Write("b.json", """{"openapi": "3.0.0", "paths": {"/y": {"get": {"operationId": {"Fn::Sub": "${Name} in ${AWS::Region}"}}}}}""");
        Settings("""
            "orders": { "Definition": ["a.yaml", "b.json"], "Stages": { "dev": {} },
                        "Import": { "BasePathMode": "split", "DefaultIntegration": "in_process", "Region": "eu-west-1", "Substitutions": { "Name": "orders" } } }
            """);
        await using var app = await StartAsync();

        Assert.Equal("in process: /part/x", await HostedFolder.GetAsync(app, "/dev/part/x"));
        Assert.Equal("orders in eu-west-1", (await LoadAsync(app)).Methods[1].OperationName);
    }

    [Theory]
    [InlineData("\"one\"", "one")]
    [InlineData("[\"one\", \"two\"]", "one two")]
    public async Task Definition_Audiences_MakeAuthorizersOfOpenIdConnectSchemes(string audiences, string expected)
    {
        _host.Write("a.yaml", """
            openapi: 3.0.0
            paths: {/x: {get: {security: [{oidc: []}]}}}
            components: {securitySchemes: {oidc: {type: openIdConnect, openIdConnectUrl: "https://id.example/.well-known/openid-configuration"}}}
            """);
        Settings($$"""
            "orders": { "Definition": "a.yaml", "Stages": { "dev": {} }, "Import": { "DefaultIntegration": "in_process", "Audiences": {{audiences}} } }
            """);
        await using var app = await StartAsync();

        var issuer = (await LoadAsync(app)).Authorizers["oidc"].JwtConfiguration!.Issuers[0];
        Assert.Equal(("https://id.example", expected), (issuer.Issuer, string.Join(' ', issuer.Audiences)));
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(app.Urls.First() + "/dev/x"));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("\"Definition\": \"gone.yaml\"", "gone.yaml: $ The file does not exist.")]
    [InlineData("\"Definition\": \"broken.yaml\"", "broken.yaml(3): $.paths.x A path begins with '/'")]
    [InlineData("\"Definition\": \"a.toml\"", "ApiGateway:Apis:orders:Definition Nothing reads 'a.toml'. The file's name must end in .json, .yaml or .yml.")]
    [InlineData("\"Definition\": []", "'Definition' must be the name of a file, or a list of names.")]
    [InlineData("\"Definition\": \"good.yaml\", \"Import\": { \"BasePath\": \"x\" }", "ApiGateway:Apis:orders:Import:BasePath 'BasePath' is not known here. Known: BasePathMode,")]
    [InlineData("\"Definition\": \"good.yaml\", \"Import\": { \"BasePathMode\": \"x\" }", "Import:BasePathMode must be one of Ignore, Prepend, Split, but is 'x'.")]
    [InlineData("\"Definition\": \"good.yaml\", \"Import\": { \"FailOnWarnings\": \"x\" }", "Import:FailOnWarnings must be true or false, but is 'x'.")]
    [InlineData("\"Definition\": \"good.yaml\", \"Stagez\": {}", "'Stagez' is not known here. Did you mean 'Stages'?")]
    [InlineData("\"Definition\": \"broken.yaml\", \"Stagez\": {}", "'Stagez' is not known here. Did you mean 'Stages'?")]
    public async Task Start_Wrong_TellsWhereAndWhy(string members, string message)
    {
        _host.Write("good.yaml", Mock("/x", 200));
        _host.Write("broken.yaml", "openapi: 3.0.0\npaths:\n  x: {}\n");
        Settings($$""" "orders": { {{members}} } """);

        var exception = await Assert.ThrowsAsync<DefinitionException>(async () => await StartAsync());

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutAReader_NamesTheCure()
    {
        Settings(""" "orders": { "Definition": "orders.yaml" } """);

        var exception = await Assert.ThrowsAsync<DefinitionException>(async () => await _host.StartAsync(static _ => { }));

        Assert.Contains("call AddOpenApi() on the gateway's builder.", Assert.Single(exception.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Definition_ChangedDocument_ReloadsAndABrokenOneDoesNot()
    {
        _host.Write("orders.yaml", Mock("/x", 201));
        Settings(""" "orders": { "Definition": "orders.yaml", "Stages": { "dev": {} } } """);
        await using var app = await StartAsync();

        _host.Write("orders.yaml", Mock("/x", 202));
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/dev/x") == HttpStatusCode.Accepted);

        _host.Write("orders.yaml", "openapi: 3.0.0\npaths:\n  x: {}\n");
        await HostedFolder.UntilAsync(async () => await HostedFolder.HealthAsync(app) == HealthStatus.Degraded);
        Assert.Equal(HttpStatusCode.Accepted, await HostedFolder.StatusAsync(app, "/dev/x"));
        Assert.StartsWith("orders.yaml(3): $.paths.x", app.Services.GetRequiredService<DefinitionPublisher>().LastErrors[0].ToString(), StringComparison.Ordinal);

        _host.Write("orders.yaml", Mock("/x", 203));
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/dev/x") == HttpStatusCode.NonAuthoritativeInformation);
    }

    [Fact]
    public async Task Definition_NamedByChangedSettings_IsReadAndWatched()
    {
        _host.Write("one.yaml", Mock("/x", 201));
        _host.Write("two.yaml", Mock("/x", 202));
        Settings(""" "orders": { "Definition": "one.yaml", "Stages": { "dev": {} } } """);
        await using var app = await StartAsync();

        Settings(""" "orders": { "Definition": "two.yaml", "Stages": { "dev": {} } } """);
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/dev/x") == HttpStatusCode.Accepted);

        _host.Write("two.yaml", Mock("/x", 203));
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/dev/x") == HttpStatusCode.NonAuthoritativeInformation);
    }

    [Fact]
    public async Task DefinitionsFolder_EachFile_IsAnApi()
    {
        Directory.CreateDirectory(Path.Combine(_host.Path, "apis"));
        _host.Write("apis/one.yaml", Mock("/x", 201));
        _host.Write("apis/two.yaml", Mock("/x", 202));
        _host.Write("apis/readme.txt", "no document");
        _host.Write("appsettings.json", """
            { "ApiGateway": {
                "DefinitionsFolder": { "Path": "apis", "BasePath": "/{name}", "Stages": { "dev": {} } },
                "Apis": { "two": { "BasePath": "/second", "Stages": { "prod": {} } } } } }
            """);
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.Created, await HostedFolder.StatusAsync(app, "/one/dev/x"));
        Assert.Equal(HttpStatusCode.Accepted, await HostedFolder.StatusAsync(app, "/second/dev/x"));
        Assert.Equal(HttpStatusCode.Accepted, await HostedFolder.StatusAsync(app, "/second/prod/x"));

        _host.Write("apis/three.yaml", Mock("/x", 203));
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/three/dev/x") == HttpStatusCode.NonAuthoritativeInformation);
        File.Delete(Path.Combine(_host.Path, "apis/one.yaml"));
        await HostedFolder.UntilAsync(async () => await HostedFolder.GetAsync(app, "/one/dev/x") == "not the gateway's: /one/dev/x");
    }

    [Theory]
    [InlineData("\"gone\"", "The folder 'gone' does not exist.")]
    [InlineData("{ \"Path\": \"apis\", \"Stagez\": {} }", "'Stagez' is not known here. Did you mean 'Stages'?")]
    [InlineData("\"apis\"", "Two documents of 'apis' are named 'one'.")]
    public async Task DefinitionsFolder_Wrong_TellsOnce(string folder, string message)
    {
        Directory.CreateDirectory(Path.Combine(_host.Path, "apis"));
        _host.Write("apis/one.json", """{"openapi": "3.0.0", "paths": {}}""");
        _host.Write("apis/one.yaml", "openapi: 3.0.0\npaths: {}");
        _host.Write("apis/two.yaml", "openapi: 3.0.0\npaths: {}");
        _host.Write("appsettings.json", $$"""{ "ApiGateway": { "DefinitionsFolder": {{folder}} } }""");

        var exception = await Assert.ThrowsAsync<DefinitionException>(async () => await StartAsync());

        Assert.Single(exception.Errors, error => error.Message.Contains(message, StringComparison.Ordinal));
    }

    private static string Mock(string path, int status) => $$"""
        openapi: 3.0.0
        paths:
          {{path}}:
            get:
              responses:
                "{{status}}": {description: a}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": {{status}} }'}
                responses: {default: {statusCode: {{status}} } }
        x-amazon-apigateway-binary-media-types: [image/jpeg]
        """;

    private static async Task<RestApiDefinition> LoadAsync(WebApplication app)
    {
        var definition = new GatewayDefinition();
        foreach (var provider in app.Services.GetServices<IDefinitionProvider>())
        {
            await provider.LoadAsync(definition, new DefinitionErrors(), CancellationToken.None);
        }

        return Assert.IsType<RestApiDefinition>(Assert.Single(definition.Apis));
    }

    private void Settings(string apis) => _host.Write("appsettings.json", $$"""{ "ApiGateway": { "Apis": { {{apis}} } } }""");

    private Task<WebApplication> StartAsync() => _host.StartAsync(static gateway => gateway.AddOpenApi());
}
