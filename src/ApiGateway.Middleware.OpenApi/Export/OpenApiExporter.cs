using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Export.Http;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes a REST API as an OpenAPI document, in the shape of GetExport, or an HTTP API.</summary>
/// <param name="options">How documents are written.</param>
/// <param name="time">The time that stands in for a missing version. The default is the system's.</param>
public sealed class OpenApiExporter(OpenApiExportOptions options, TimeProvider? time = null)
{
    /// <summary>Exports an API.</summary>
    /// <param name="api">The API.</param>
    /// <param name="stageName">The stage whose address the document gives.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InvalidOperationException">The API was written in code, and one of its schemas, its policy or a documentation part is not JSON.</exception>
    public OpenApiExport Export(RestApiDefinition api, string stageName)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentException.ThrowIfNullOrEmpty(stageName);

        var version = VersionOf(api);
        return Finish(Write(api, stageName, version), version, options.Format == OpenApiFormat.Swagger20 ? "swagger" : "oas30");
    }

    /// <summary>Exports an HTTP API, in the shape of ExportApi: as OpenAPI 3.0, with all extensions or with none.</summary>
    /// <param name="api">The API.</param>
    /// <param name="stageName">The stage whose address the document gives, or <see langword="null"/> for the address without a stage.</param>
    /// <returns>The document.</returns>
    /// <exception cref="InvalidOperationException">The options ask for another format than OpenAPI 3.0, which HTTP APIs do not have.</exception>
    public OpenApiExport Export(HttpApiDefinition api, string? stageName = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        if (options.Format != OpenApiFormat.OpenApi30)
        {
            throw new InvalidOperationException($"HTTP APIs are exported as OpenAPI 3.0, not as {options.Format}. Set Format to {OpenApiFormat.OpenApi30}.");
        }

        var version = VersionOf(api);
        return Finish(new HttpDocumentExporter(api, options).Write(stageName, version), version, "oas30");
    }

    private string VersionOf(ApiDefinition api) =>
        api.Version ?? (time ?? TimeProvider.System).GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private OpenApiExport Finish(DocumentNode root, string version, string type)
    {
        var isYaml = options.Syntax == OpenApiSyntax.Yaml;
        return new OpenApiExport(
            isYaml ? YamlText.Write(root) : JsonText.Write(root, indented: true), $"{type}_{ForFileName(version)}.{(isYaml ? "yaml" : "json")}");
    }

    private DocumentNode Write(RestApiDefinition api, string stageName, string version)
    {
        try
        {
            return new DocumentExporter(api, options).Write(stageName, version);
        }
        catch (DocumentException exception)
        {
            throw new InvalidOperationException(
                $"A schema, policy or documentation part of API '{api.Name}' is not JSON: {exception.Message}", exception);
        }
    }

    // The name goes into a header, and a version is any text.
    private static string ForFileName(string version) => string.Create(version.Length, version, static (name, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            name[i] = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '-' or '_' or ':' or '+' ? text[i] : '_';
        }
    });
}
