using System.Net;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class HostingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openapi-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AddOpenApi_PlainDocument_RunsInProcess()
    {
        Write("plain.yaml", TestDocument.Read("plain.yaml"));
        await using var app = await StartAsync(static gateway => gateway.AddOpenApi("plain.yaml", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.AddStage("dev");
        }));

        Assert.Equal("in process: /orders/7", await GetAsync(app, "/dev/orders/7"));
        Assert.Equal("in process: /files/a/b", await GetAsync(app, "/dev/files/a/b"));
    }

    [Theory]
    [InlineData("console-oas30.json", "/dev/pets/7")]
    [InlineData("base-path.yaml", "/dev/e")]
    [InlineData("modern-31.yaml", "/dev/test")]
    public async Task AddOpenApi_DocumentForTheService_Compiles(string file, string path)
    {
        Write(file, TestDocument.Read(file));

        await using var app = await StartAsync(gateway => gateway.AddOpenApi(file, static options =>
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
        Write("mocks.yaml", Mock(201));
        await using var app = await StartAsync(static gateway => gateway.AddOpenApi("mocks.yaml", static options => options.AddStage("dev")));

        Assert.Equal(HttpStatusCode.Created, await StatusAsync(app, "/dev/x"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/elsewhere"));
    }

    [Fact]
    public async Task AddOpenApi_ChangedFile_ReloadsAndAHalfWrittenOneDoesNot()
    {
        Write("orders.yaml", Plain("/a"));
        await using var app = await StartAsync(static gateway => gateway.AddOpenApi("orders.yaml", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.AddStage("dev");
        }));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, "/dev/b"));

        Write("orders.yaml", Plain("/b"));
        await UntilAsync(async () => await StatusAsync(app, "/dev/b") == HttpStatusCode.OK);

        Write("orders.yaml", Plain("/c")[..^8] + "{");
        await UntilAsync(async () => await HealthAsync(app) == HealthStatus.Degraded);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, "/dev/b"));

        File.Delete(Path.Combine(_folder.FullName, "orders.yaml"));
        Write("orders.yaml", Plain("/c"));
        await UntilAsync(async () => await StatusAsync(app, "/dev/c") == HttpStatusCode.OK);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(app));
    }

    [Fact]
    public async Task AddOpenApiFolder_FilesComeAndGo()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "apis"));
        Write("apis/one.yaml", Plain("/a"));
        Write("apis/readme.txt", "no document");
        await using var app = await StartAsync(static gateway => gateway.AddOpenApiFolder("apis", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.AddStage("one");
            options.ConfigureApi = static api => api.BasePath = $"/{api.Name}";
        }));
        Assert.Equal("in process: /a", await GetAsync(app, "/one/one/a"));

        Write("apis/two.json", """{"openapi": "3.0.0", "paths": {"/b": {"get": {}}}}""");
        await UntilAsync(async () => await StatusAsync(app, "/two/one/b") == HttpStatusCode.OK && await GetAsync(app, "/two/one/b") == "in process: /b");

        File.Delete(Path.Combine(_folder.FullName, "apis/one.yaml"));
        await UntilAsync(async () => await GetAsync(app, "/one/one/a") == "not the gateway's: /one/one/a");
    }

    [Fact]
    public async Task AddOpenApi_SeveralDocuments_AreOneApi()
    {
        Write("first.yaml", Plain("/a"));
        Write("more.yaml", Plain("/b"));
        await using var app = await StartAsync(static gateway => gateway.AddOpenApi("first.yaml", static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.MoreDocuments.Add("more.yaml");
            options.AddStage("dev");
        }));

        Assert.Equal("in process: /a", await GetAsync(app, "/dev/a"));
        Assert.Equal("in process: /b", await GetAsync(app, "/dev/b"));
    }

    [Theory]
    [InlineData("gone.yaml", "", "gone.yaml: $ The file does not exist.")]
    [InlineData("wrong.yaml", "openapi: 3.0.0\npaths:\n  x: {}\n", "wrong.yaml(3): $.paths.x A path begins with '/', but is 'x'.")]
    [InlineData("plain.yaml", "openapi: 3.0.0\npaths: {/x: {get: {}}}", "No operation has x-amazon-apigateway-integration.")]
    public async Task Start_WrongDocument_TellsWhereAndWhy(string file, string text, string message)
    {
        if (text.Length > 0)
        {
            Write(file, text);
        }

        var exception = await Assert.ThrowsAsync<DefinitionException>(async () => await StartAsync(gateway => gateway.AddOpenApi(file)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Single(exception.Errors);
    }

    [Fact]
    public async Task Load_WithoutStages_Warns()
    {
        await using var app = await StartAsync(static gateway => gateway.AddOpenApi());
        Write("orders.json", TestDocument.Read("console-oas30.json"));
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
        await using var app = await StartAsync(static gateway => gateway.AddOpenApi());
        Write("orders.json", TestDocument.Read("console-oas30.json"));
        var reader = app.Services.GetRequiredService<IDocumentReader>();
        var errors = new DefinitionErrors();

        var api = reader.Read("orders", Path.Combine(_folder.FullName, "orders.json"), errors);

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

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), timeout.Token);
        }
    }

    private static async Task<HealthStatus> HealthAsync(WebApplication app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;

    private static async Task<HttpStatusCode> StatusAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(app.Urls.First() + path));
        return response.StatusCode;
    }

    private static async Task<string> GetAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri(app.Urls.First() + path));
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder.FullName, file), text);

    private async Task<WebApplication> StartAsync(Action<IApiGatewayBuilder> configure)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddHealthChecks().AddApiGateway();
        configure(builder.Services.AddApiGateway());
        var app = builder.Build();
        app.UseApiGateway();
        app.Run(static context => context.Response.WriteAsync(context.Features.Get<Context.IGatewayFeature>() is null
            ? $"not the gateway's: {context.Request.Path}"
            : $"in process: {context.Request.Path}"));
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return app;
    }
}
