using System.Net;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class HostingTests : IDisposable
{
    private readonly HostedFolder _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task AddOpenApi_PlainDocument_RunsInProcess()
    {
        _host.Write("plain.yaml", TestDocument.Read("plain.yaml"));
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi("plain.yaml", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.AddStage("dev");
        }));

        Assert.Equal("in process: /orders/7", await HostedFolder.GetAsync(app, "/dev/orders/7"));
        Assert.Equal("in process: /files/a/b", await HostedFolder.GetAsync(app, "/dev/files/a/b"));
    }

    [Theory]
    [InlineData("console-oas30.json", "/dev/pets/7")]
    [InlineData("base-path.yaml", "/dev/e")]
    [InlineData("modern-31.yaml", "/dev/test")]
    public async Task AddOpenApi_DocumentForTheService_Compiles(string file, string path)
    {
        _host.Write(file, TestDocument.Read(file));

        await using var app = await _host.StartAsync(gateway => gateway.AddOpenApi(file, static options =>
        {
            options.AddStage("dev");
            options.ConfigureApi = static api => api.DisableExecuteApiEndpoint = false;
        }));

        // Nothing listens behind these; what counts is that the route is the gateway's.
        using var client = new HttpClient();
        using var response = await client.DeleteAsync(new Uri(app.Urls.First() + path));
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task AddOpenApi_MockWithConstantTemplate_Answers()
    {
        _host.Write("mocks.yaml", Mock(201));
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi("mocks.yaml", static options => options.AddStage("dev")));

        Assert.Equal(HttpStatusCode.Created, await HostedFolder.StatusAsync(app, "/dev/x"));
        Assert.Equal(HttpStatusCode.OK, await HostedFolder.StatusAsync(app, "/elsewhere"));
    }

    [Fact]
    public async Task AddOpenApi_ChangedFile_ReloadsAndAHalfWrittenOneDoesNot()
    {
        _host.Write("orders.yaml", Plain("/a"));
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi("orders.yaml", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.AddStage("dev");
        }));
        Assert.Equal(HttpStatusCode.Forbidden, await HostedFolder.StatusAsync(app, "/dev/b"));

        _host.Write("orders.yaml", Plain("/b"));
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/dev/b") == HttpStatusCode.OK);

        _host.Write("orders.yaml", Plain("/c")[..^8] + "{");
        await HostedFolder.UntilAsync(async () => await HostedFolder.HealthAsync(app) == HealthStatus.Degraded);
        Assert.Equal(HttpStatusCode.OK, await HostedFolder.StatusAsync(app, "/dev/b"));

        File.Delete(Path.Combine(_host.Path, "orders.yaml"));
        _host.Write("orders.yaml", Plain("/c"));
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/dev/c") == HttpStatusCode.OK);
        Assert.Equal(HealthStatus.Healthy, await HostedFolder.HealthAsync(app));
    }

    [Fact]
    public async Task AddOpenApiFolder_FilesComeAndGo()
    {
        Directory.CreateDirectory(Path.Combine(_host.Path, "apis"));
        _host.Write("apis/one.yaml", Plain("/a"));
        _host.Write("apis/readme.txt", "no document");
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApiFolder("apis", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.AddStage("one");
            options.ConfigureApi = static api => api.BasePath = $"/{api.Name}";
        }));
        Assert.Equal("in process: /a", await HostedFolder.GetAsync(app, "/one/one/a"));

        _host.Write("apis/two.json", """{"openapi": "3.0.0", "paths": {"/b": {"get": {}}}}""");
        await HostedFolder.UntilAsync(async () => await HostedFolder.StatusAsync(app, "/two/one/b") == HttpStatusCode.OK && await HostedFolder.GetAsync(app, "/two/one/b") == "in process: /b");

        File.Delete(Path.Combine(_host.Path, "apis/one.yaml"));
        await HostedFolder.UntilAsync(async () => await HostedFolder.GetAsync(app, "/one/one/a") == "not the gateway's: /one/one/a");
    }

    [Fact]
    public async Task AddOpenApi_SeveralDocuments_AreOneApi()
    {
        _host.Write("first.yaml", Plain("/a"));
        _host.Write("more.yaml", Plain("/b"));
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi("first.yaml", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.MoreDocuments.Add("more.yaml");
            options.AddStage("dev");
        }));

        Assert.Equal("in process: /a", await HostedFolder.GetAsync(app, "/dev/a"));
        Assert.Equal("in process: /b", await HostedFolder.GetAsync(app, "/dev/b"));
    }

    [Theory]
    [InlineData("gone.yaml", "", "gone.yaml: $ The file does not exist.")]
    [InlineData("wrong.yaml", "openapi: 3.0.0\npaths:\n  x: {}\n", "wrong.yaml(3): $.paths.x A path begins with '/', but is 'x'.")]
    [InlineData("plain.yaml", "openapi: 3.0.0\npaths: {/x: {get: {}}}", "No operation has x-amazon-apigateway-integration.")]
    public async Task Start_WrongDocument_TellsWhereAndWhy(string file, string text, string message)
    {
        if (text.Length > 0)
        {
            _host.Write(file, text);
        }

        var exception = await Assert.ThrowsAsync<DefinitionException>(async () => await _host.StartAsync(gateway => gateway.AddOpenApi(file)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Single(exception.Errors);
    }

    [Fact]
    public async Task Load_WithoutStages_Warns()
    {
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi());
        _host.Write("orders.json", TestDocument.Read("console-oas30.json"));
        using var provider = new OpenApiFileProvider(app.Services.GetRequiredService<OpenApiDocumentLoader>(), "orders.json", configure: null);
        var errors = new DefinitionErrors();
        var definition = new GatewayDefinition();

        await provider.LoadAsync(definition, errors, CancellationToken.None);

        Assert.Single(definition.Apis);
        Assert.Contains("has no stage", Assert.Single(errors.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddOpenApi_Twice_RegistersOneReader()
    {
        var services = new ServiceCollection();

        services.AddApiGateway().AddOpenApi().AddOpenApi().AddOpenApi("a.yaml");

        Assert.Single(services, static service => service.ServiceType == typeof(IDocumentReader));
    }

    [Fact]
    public async Task DocumentReader_ReadsWhatSettingsName()
    {
        await using var app = await _host.StartAsync(static gateway => gateway.AddOpenApi());
        _host.Write("orders.json", TestDocument.Read("console-oas30.json"));
        var reader = app.Services.GetRequiredService<IDocumentReader>();
        var errors = new DefinitionErrors();

        var api = reader.Read(new DocumentRequest("orders", Path.Combine(_host.Path, "orders.json"), new DefinitionOrigin("test", "")), errors);

        Assert.True(reader.CanRead("/a/b.YML"));
        Assert.False(reader.CanRead("/a/b.toml"));
        Assert.Equal("orders", api!.Name);
        Assert.Equal("orders.json", api.Origin!.Source);
        Assert.Empty(api.Stages);
    }

    private static string Plain(string path) => $"""
        openapi: 3.0.0
        paths:
          {path}:
            get:
              responses:
                "200":
                  description: ok
        """;

    private static string Mock(int status) => $$"""
        openapi: 3.0.0
        paths:
          /x:
            get:
              responses:
                "{{status}}":
                  description: a
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates:
                  application/json: '{"statusCode": {{status}} }'
                responses:
                  default:
                    statusCode: {{status}}
        """;
}
