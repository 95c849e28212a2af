using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Tests;

/// <summary>Imports documents of HTTP APIs in tests.</summary>
internal static class HttpDocument
{
    public static readonly string[] Names = ["http-export.json", "http-sam.yaml"];

    public static HttpApiDefinition ImportFile(string file, OpenApiImportOptions? options = null) => Import(TestDocument.Read(file), options, file);

    public static HttpApiDefinition Import(string text, OpenApiImportOptions? options = null, string source = "test.yaml")
    {
        var errors = Read(text, out var api, options, source);
        Assert.True(api is not null, string.Join('\n', errors.Errors));
        return api;
    }

    public static DefinitionErrors Read(string text, out HttpApiDefinition? api, OpenApiImportOptions? options = null, string source = "test.yaml")
    {
        var errors = new DefinitionErrors();
        api = new OpenApiImporter(options ?? new()).ImportHttp("test", text, source, errors);
        Assert.Equal(errors.Errors.Count > 0, api is null);
        return errors;
    }

    /// <summary>A document with one operation, GET /x, and members at its root.</summary>
    public static string With(string operation, string root = "") => TestDocument.With(operation, root);

    /// <summary>An integration with a backend, and members of its own.</summary>
    public static string Proxy(string members = "") =>
        $"x-amazon-apigateway-integration: {{type: http_proxy, httpMethod: ANY, uri: 'https://b.example.com'{members}}}";
}
