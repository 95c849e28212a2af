using System.Text.Json;
using ApiGateway.Middleware.OpenApi.Export;

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
        var api = new ApiGateway.Middleware.Definitions.RestApiDefinition("a");

        var export = new OpenApiExporter(new(), new FixedTime()).Export(api, "dev");

        Assert.Equal("oas30_2020-01-02T03:04:05Z.json", export.FileName);
        Assert.Contains("\"version\": \"2020-01-02T03:04:05Z\"", export.Text);
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}
