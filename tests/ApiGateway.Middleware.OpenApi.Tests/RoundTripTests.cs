using System.Collections.Frozen;
using System.Text.Json;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Export;
using ApiGateway.Middleware.OpenApi.Import;
using ApiGateway.Middleware.Snapshots;
using Microsoft.AspNetCore.Http;

namespace ApiGateway.Middleware.OpenApi.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<string, OpenApiFormat, OpenApiSyntax> Cases()
    {
        var cases = new TheoryData<string, OpenApiFormat, OpenApiSyntax>();
        foreach (var name in TestDocument.Names)
        {
            foreach (var format in Enum.GetValues<OpenApiFormat>())
            {
                cases.Add(name, format, OpenApiSyntax.Json);
                cases.Add(name, format, OpenApiSyntax.Yaml);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Import_OfAnExport_GivesTheSameDefinition(string file, OpenApiFormat format, OpenApiSyntax syntax)
    {
        var before = TestDocument.ImportFile(file);

        var export = new OpenApiExporter(new() { Format = format, Syntax = syntax }).Export(before, "prod");
        var after = TestDocument.Import(export.Text, source: export.FileName);

        Assert.Equal(DefinitionText.Of(before), DefinitionText.Of(after));
        Assert.Equal(DeploymentId.Of(before), DeploymentId.Of(after));
        Assert.Equal(RevisionOf(before), RevisionOf(after));
    }

    [Theory]
    [InlineData(BasePathMode.Prepend, "/a/b/c/e")]
    [InlineData(BasePathMode.Split, "/b/c/e")]
    [InlineData(BasePathMode.Ignore, "/e")]
    public void Import_OfAnExportOfADocumentWithABasePath_KeepsThePath(BasePathMode mode, string path)
    {
        var before = TestDocument.ImportFile("base-path.yaml", new() { BasePathMode = mode });

        foreach (var format in Enum.GetValues<OpenApiFormat>())
        {
            var export = new OpenApiExporter(new() { Format = format }).Export(before, "prod");
            var after = TestDocument.Import(export.Text, source: export.FileName);

            Assert.Equal(path, Assert.Single(after.Methods).ResourcePath);
            Assert.Equal(DeploymentId.Of(before), DeploymentId.Of(after));
        }
    }

    [Theory]
    [InlineData("IN_PROCESS")]
    [InlineData("http://localhost:9")]
    public void Import_OfAPlainExportOfAPlainDocument_GivesTheSameWithTheSameDefault(string integration)
    {
        var options = new OpenApiImportOptions { DefaultIntegration = integration };
        var before = TestDocument.ImportFile("plain.yaml", options);

        foreach (var format in Enum.GetValues<OpenApiFormat>())
        {
            foreach (var syntax in Enum.GetValues<OpenApiSyntax>())
            {
                var export = new OpenApiExporter(new() { Format = format, Syntax = syntax, Parts = OpenApiExportParts.None }).Export(before, "prod");
                var after = TestDocument.Import(export.Text, options, export.FileName);

                Assert.Equal(DefinitionText.Of(before), DefinitionText.Of(after));
                Assert.Equal(DeploymentId.Of(before), DeploymentId.Of(after));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Export_WithoutParts_HasNoExtensionButAnyMethod(string file, OpenApiFormat format, OpenApiSyntax syntax)
    {
        var api = TestDocument.ImportFile(file);

        var export = new OpenApiExporter(new() { Format = format, Syntax = syntax, Parts = OpenApiExportParts.None }).Export(api, "prod");

        Assert.DoesNotContain("x-amazon-apigateway", export.Text.Replace("x-amazon-apigateway-any-method", "").Replace("x-amazon-apigateway-tag-value", ""));
        TestDocument.Import(export.Text, source: export.FileName);
    }

    [Fact]
    public void Export_Oas30_HasTheRecordedShape()
    {
        var api = TestDocument.Import(TestDocument.With(
            """{responses: {"200": {description: ok}}, x-amazon-apigateway-integration: {type: MOCK, responses: {default: {statusCode: 200}, "5..": {statusCode: 200}}}}"""));

        var export = new OpenApiExporter(new() { Host = "h.example.com" }).Export(api, "prod");

        Assert.Equal("attachment; filename=\"oas30_1.json\"", export.ContentDisposition);
        using var document = JsonDocument.Parse(export.Text);
        var root = document.RootElement;
        Assert.Equal("3.0.1", root.GetProperty("openapi").GetString());
        Assert.Equal("https://h.example.com/{basePath}", root.GetProperty("servers")[0].GetProperty("url").GetString());
        Assert.Equal("prod", root.GetProperty("servers")[0].GetProperty("variables").GetProperty("basePath").GetProperty("default").GetString());
        Assert.Equal("{}", root.GetProperty("components").GetRawText());
        var get = root.GetProperty("paths").GetProperty("/x").GetProperty("get");
        Assert.Equal("{}", get.GetProperty("responses").GetProperty("200").GetProperty("content").GetRawText());
        var integration = get.GetProperty("x-amazon-apigateway-integration");
        Assert.Equal("mock", integration.GetProperty("type").GetString());
        Assert.Equal("when_no_match", integration.GetProperty("passthroughBehavior").GetString());
        Assert.Equal(["default", "5.."], integration.GetProperty("responses").EnumerateObject().Select(static p => p.Name));
    }

    [Fact]
    public void Export_Swagger_HasTheRecordedShape()
    {
        var api = TestDocument.Import(TestDocument.With("""{responses: {"200": {description: 200 response}}, x-amazon-apigateway-integration: {type: MOCK}}"""));

        var export = new OpenApiExporter(new() { Format = OpenApiFormat.Swagger20, Region = "eu-west-1" }).Export(api, "dev");

        Assert.Equal("swagger_1.json", export.FileName);
        using var document = JsonDocument.Parse(export.Text);
        var root = document.RootElement;
        Assert.Equal("2.0", root.GetProperty("swagger").GetString());
        Assert.Equal("test.execute-api.eu-west-1.amazonaws.com", root.GetProperty("host").GetString());
        Assert.Equal("/dev", root.GetProperty("basePath").GetString());
        Assert.Equal("https", root.GetProperty("schemes")[0].GetString());
        var response = root.GetProperty("paths").GetProperty("/x").GetProperty("get").GetProperty("responses").GetProperty("200");
        Assert.Equal(["description"], response.EnumerateObject().Select(static p => p.Name));
        Assert.Equal("200 response", response.GetProperty("description").GetString());
    }

    [Fact]
    public void Export_NoVersion_TakesTheTime()
    {
        var api = new RestApiDefinition("a");

        var export = new OpenApiExporter(new(), new FixedTime()).Export(api, "dev");

        Assert.Equal("oas30_2020-01-02T03:04:05Z.json", export.FileName);
        Assert.Contains("\"version\": \"2020-01-02T03:04:05Z\"", export.Text);
    }

    /// <summary>Compiles without errors, and gives the revision of the snapshot, which depends on the content alone.</summary>
    private static string RevisionOf(RestApiDefinition api)
    {
        api.Stages["prod"] = new StageDefinition("prod");
        var definition = new GatewayDefinition();
        definition.Apis.Add(api);
        var errors = new DefinitionErrors();
        var handlers = new HandlerTable(FrozenDictionary<string, RequestDelegate>.Empty);
        var snapshot = new GatewayCompiler(handlers).Compile(
            definition, new GatewayIdentity("us-east-1", "123456789012", "aws"), new ClientAddressPlan([], 1), errors);
        Assert.Empty(errors.Errors);
        return snapshot!.Revision;
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
