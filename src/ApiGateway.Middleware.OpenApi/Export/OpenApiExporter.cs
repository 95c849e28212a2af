using System.Globalization;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes a REST API as an OpenAPI document, in the shape of GetExport.</summary>
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

        var now = (time ?? TimeProvider.System).GetUtcNow();
        var version = api.Version ?? now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var isYaml = options.Syntax == OpenApiSyntax.Yaml;
        var root = Write(api, stageName, version);
        var type = options.Format == OpenApiFormat.Swagger20 ? "swagger" : "oas30";
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
