using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Imports documents in tests.</summary>
internal static class TestDocument
{
    public static readonly string[] Names =
        ["console-oas30.json", "console-swagger.json", "sam-body.yaml", "base-path.yaml", "modern-31.yaml", "everything.yaml",
         "console-cors.json", "keywords-31.yaml", "swagger-full.json"];

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Documents");

    public static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    public static RestApiDefinition ImportFile(string file, OpenApiImportOptions? options = null) =>
        Import(Read(file), options, file);

    public static RestApiDefinition Import(string text, OpenApiImportOptions? options = null, string source = "test.yaml")
    {
        var errors = new DefinitionErrors();
        var api = new OpenApiImporter(options ?? new()).Import("test", text, source, errors);
        Assert.True(api is not null, string.Join('\n', errors.Errors));
        return api;
    }

    public static DefinitionErrors Errors(string text, OpenApiImportOptions? options = null, string source = "test.yaml") =>
        Errors(Encoding.UTF8.GetBytes(text), options, source);

    public static DefinitionErrors Errors(byte[] utf8, OpenApiImportOptions? options = null, string source = "test.yaml")
    {
        var errors = new DefinitionErrors();
        var api = new OpenApiImporter(options ?? new()).Import("test", utf8, source, errors);
        Assert.Equal(errors.Errors.Count > 0, api is null);
        return errors;
    }

    /// <summary>A document with one operation, GET /x, and members at its root.</summary>
    public static string With(string operation, string root = "", string version = "openapi: 3.0.1") => $$"""
        {{version}}
        info: {title: test, version: "1"}
        paths:
          /x:
            get: {{operation}}
        {{root}}
        """;
}
