using System.Text.Json;
using ApiGateway.Middleware.Compilation;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Export;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>HTTP APIs as documents: what is exported and imported again is the same.</summary>
public sealed class HttpRoundTripTests
{
    public static TheoryData<string, OpenApiSyntax> Cases()
    {
        var cases = new TheoryData<string, OpenApiSyntax>();
        foreach (var name in HttpDocument.Names)
        {
            cases.Add(name, OpenApiSyntax.Json);
            cases.Add(name, OpenApiSyntax.Yaml);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void ImportHttp_OfAnExport_GivesTheSameDefinition(string file, OpenApiSyntax syntax)
    {
        var before = HttpDocument.ImportFile(file, new() { Substitutions = { ["AWS::StackName"] = "pets" } });

        var export = new OpenApiExporter(new() { Syntax = syntax }).Export(before, "prod");
        var errors = HttpDocument.Read(export.Text, out var after, source: export.FileName);

        Assert.Empty(errors.Warnings);
        Assert.Empty(errors.Notes);
        Assert.Equal(DefinitionText.Of(before), DefinitionText.Of(after!));
        Assert.Equal(DeploymentId.Of(before), DeploymentId.Of(after!));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Export_WithoutExtensions_HasNoneButAnyMethod(string file, OpenApiSyntax syntax)
    {
        var api = HttpDocument.ImportFile(file);

        var export = new OpenApiExporter(new() { Syntax = syntax, Parts = OpenApiExportParts.None }).Export(api);

        Assert.DoesNotContain(
            "x-amazon-apigateway",
            export.Text.Replace("x-amazon-apigateway-any-method", "").Replace("x-amazon-apigateway-tag-value", ""),
            StringComparison.Ordinal);
        Assert.Equal(
            api.Routes.Select(static route => route.RouteKey).Order(StringComparer.Ordinal),
            HttpDocument.Import(export.Text, source: export.FileName).Routes.Select(static route => route.RouteKey).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Export_Stage_IsInTheAddressAndDefaultIsNot()
    {
        var api = HttpDocument.ImportFile("http-export.json", new() { Id = "a1b2c3" });

        Assert.Equal("dev", BasePathOf(new OpenApiExporter(new()).Export(api, "dev")));
        Assert.Equal("", BasePathOf(new OpenApiExporter(new()).Export(api, "$default")));
        Assert.Equal("", BasePathOf(new OpenApiExporter(new()).Export(api)));
    }

    [Fact]
    public void Export_Swagger_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new OpenApiExporter(new() { Format = OpenApiFormat.Swagger20 }).Export(new HttpApiDefinition("a")));

    private static string? BasePathOf(OpenApiExport export)
    {
        using var document = JsonDocument.Parse(export.Text);
        var server = document.RootElement.GetProperty("servers")[0];
        Assert.EndsWith("/{basePath}", server.GetProperty("url").GetString(), StringComparison.Ordinal);
        return server.GetProperty("variables").GetProperty("basePath").GetProperty("default").GetString();
    }
}
