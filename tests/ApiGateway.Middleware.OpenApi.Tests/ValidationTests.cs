using System.Net;
using System.Text;
using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using ApiGateway.Middleware.OpenApi.Import;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Requests are validated by the document, over a real server.</summary>
public sealed class ValidationTests : IDisposable
{
    private const string Invalid = """{"message": "Invalid request body"}""";

    private const string Plain = """
        openapi: 3.0.3
        info: {title: Plain, version: "1"}
        paths:
          /orders:
            post:
              parameters:
                - {name: dryRun, in: query, required: true, schema: {type: boolean}}
                - {name: page, in: query, schema: {type: integer}}
              requestBody:
                content:
                  application/json; charset=utf-8: {schema: {$ref: "#/components/schemas/Order"}}
                  application/*+json: {schema: {$ref: "#/components/schemas/Order"}}
                  multipart/form-data: {schema: {type: object}}
              responses: {"200": {description: OK}}
        components:
          schemas:
            Order:
              type: object
              required: [id, lines]
              properties:
                id: {type: integer}
                note: {type: string, nullable: true}
                lines: {type: array, items: {$ref: "#/components/schemas/Line"}}
            Line:
              type: object
              required: [sku]
              properties:
                sku: {type: string}
                parts: {type: array, items: {$ref: "#/components/schemas/Line"}}
        """;

    private const string Modern = """
        openapi: 3.1.0
        info: {title: Modern, version: "1"}
        x-amazon-apigateway-request-validators:
          all: {validateRequestBody: true, validateRequestParameters: true}
        x-amazon-apigateway-request-validator: all
        paths:
          /points:
            post:
              requestBody:
                content: {application/json: {schema: {$ref: "#/components/schemas/Point"}}}
              responses: {"201": {description: OK}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 201}'}
                responses: {default: {statusCode: 201}}
        components:
          schemas:
            Point:
              type: object
              properties:
                kind: {const: point}
                at: {type: array, prefixItems: [{type: number, exclusiveMinimum: 0}, {type: [number, "null"]}], items: false}
              unevaluatedProperties: false
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("openapi-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("?dryRun=true", "application/json", """{"id":1,"note":null,"lines":[{"sku":"a","parts":[{"sku":"b"}]}]}""", null)]
    [InlineData("?dryRun=true", "application/vnd.x+json", """{"id":1,"lines":[]}""", null)]
    [InlineData("?dryRun=true", "multipart/form-data", "anything", null)]
    [InlineData("", "application/json", "{}", """{"message": "Missing required request parameters: [dryRun]"}""")]
    [InlineData("?dryRun=true", "application/json", """{"id":1,"lines":[{"sku":"a","parts":[{}]}]}""", Invalid)]
    [InlineData("?dryRun=true", "application/vnd.x+json", "{}", Invalid)]
    [InlineData("?dryRun=true", "application/json", "", Invalid)]
    public async Task PlainDocument_WithADefaultIntegration_ValidatesByTheDocument(string query, string contentType, string body, string? refusal)
    {
        await using var app = await StartAsync(Plain, static options => options.DefaultIntegration = "IN_PROCESS");

        var (status, text) = await PostAsync(app, "/dev/orders" + query, contentType, body);

        Assert.Equal(refusal is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest, status);
        Assert.Equal(refusal ?? body, text);
    }

    [Theory]
    [InlineData("""{"kind":"point","at":[1.5,null]}""", true)]
    [InlineData("{}", true)]
    [InlineData("", true)]
    [InlineData("""{"kind":"line"}""", false)]
    [InlineData("""{"at":[0,1]}""", false)]
    [InlineData("""{"at":[1,1,1]}""", false)]
    [InlineData("""{"more":1}""", false)]
    public async Task OpenApi31_UsesJsonSchema202012(string body, bool isValid)
    {
        await using var app = await StartAsync(Modern, static _ => { });

        var (status, text) = await PostAsync(app, "/dev/points", "application/json", body);

        Assert.Equal(isValid ? HttpStatusCode.Created : HttpStatusCode.BadRequest, status);
        Assert.Equal(isValid ? "" : Invalid, text);
    }

    [Fact]
    public async Task ApiIdThatChangesAfterTheImport_ReferencesStillResolve()
    {
        await using var app = await StartAsync(Plain, static options =>
        {
            options.DefaultIntegration = "IN_PROCESS";
            options.ConfigureApi = static api => api.Id = "other";
        });

        var (status, _) = await PostAsync(app, "/dev/orders?dryRun=1", "application/json", """{"id":1,"lines":[{}]}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> PostAsync(WebApplication app, string target, string contentType, string body)
    {
        using var client = new HttpClient();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        using var response = await client.PostAsync(new Uri(app.Urls.First() + target), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private async Task<WebApplication> StartAsync(string document, Action<OpenApiImportOptions> configure)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "api.yaml"), document);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder.FullName });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddApiGateway().AddOpenApi("api.yaml", options =>
        {
            options.AddStage("dev");
            configure(options);
        });
        var app = builder.Build();
        app.UseApiGateway();
        app.Run(static http => http.Request.Body.CopyToAsync(http.Response.Body));
        await app.StartAsync();
        return app;
    }
}
