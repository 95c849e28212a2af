using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes the root of a document.</summary>
internal sealed class DocumentExporter(RestApiDefinition api, OpenApiExportOptions options)
{
    private bool IsSwagger => options.Format == OpenApiFormat.Swagger20;

    public DocumentNode Write(string stageName, string version)
    {
        var root = DocumentNode.NewObject().With(IsSwagger ? "swagger" : "openapi", IsSwagger ? "2.0" : "3.0.1").With("info", WriteInfo(version));
        WriteAddress(root, stageName);
        var security = new SecurityExporter(api, options.Parts);
        root.With("paths", new PathsExporter(api, options, security).Write());

        var models = new ModelExporter(api, IsSwagger).Write();
        if (IsSwagger)
        {
            root.With("securityDefinitions", NotEmpty(security.Schemes)).With("definitions", NotEmpty(models));
        }
        else
        {
            root.With("components", DocumentNode.NewObject()
                .With("schemas", NotEmpty(models)).With("securitySchemes", NotEmpty(security.Schemes)));
        }

        foreach (var name in new[] { "tags", "externalDocs" })
        {
            root.With(name, Kept(name));
        }

        if (options.Parts.HasFlag(OpenApiExportParts.Documentation))
        {
            root.With(DocumentationImporter.Extension, WriteDocumentation());
        }

        if (options.Parts.HasFlag(OpenApiExportParts.Integrations))
        {
            new ExtensionExporter(api).Write(root);
            if (IsSwagger)
            {
                root.With(EndpointImporter.Extension, WriteEndpoint());
            }
        }

        return root;
    }

    internal static DocumentNode Parse(string json) => DocumentReader.Read(System.Text.Encoding.UTF8.GetBytes(json), ".json");

    private static DocumentNode? NotEmpty(DocumentNode node) => node.Members.Count == 0 ? null : node;

    private DocumentNode? Kept(string name) => api.Extensions.TryGetValue(name, out var json) ? Parse(json) : null;

    private DocumentNode WriteInfo(string version)
    {
        var kept = Kept("info");
        var info = DocumentNode.NewObject()
            .With("title", kept?.Get("title")?.Copy() ?? DocumentNode.OfText(api.Name))
            .With("description", api.Description)
            .With("version", version);
        foreach (var (name, value) in kept?.Members ?? [])
        {
            info.With(name, value.Copy());
        }

        return info;
    }

    private void WriteAddress(DocumentNode root, string stageName)
    {
        var host = options.Host ?? $"{api.Id ?? api.Name}.execute-api.{options.Region}.amazonaws.com";
        if (IsSwagger)
        {
            var schemes = DocumentNode.NewArray();
            schemes.Add(DocumentNode.OfText("https"));
            root.With("host", host).With("basePath", $"/{stageName}").With("schemes", schemes);
            return;
        }

        var basePath = DocumentNode.NewObject().With("default", stageName);
        var server = DocumentNode.NewObject()
            .With("url", $"https://{host}/{{basePath}}")
            .With("variables", DocumentNode.NewObject().With("basePath", basePath));
        if (options.Parts.HasFlag(OpenApiExportParts.Integrations))
        {
            server.With(EndpointImporter.Extension, WriteEndpoint());
        }

        var servers = DocumentNode.NewArray();
        servers.Add(server);
        root.With("servers", servers);
    }

    private DocumentNode? WriteEndpoint()
    {
        var endpoint = DocumentNode.NewObject();
        if (api.DisableExecuteApiEndpoint)
        {
            endpoint.With("disableExecuteApiEndpoint", DocumentNode.OfFlag(true));
        }

        foreach (var (name, value) in Kept(EndpointImporter.Extension)?.Members ?? [])
        {
            endpoint.With(name, value.Copy());
        }

        return NotEmpty(endpoint);
    }

    private DocumentNode? WriteDocumentation()
    {
        var documentation = DocumentNode.NewObject().With("version", api.DocumentationVersion);
        foreach (var (name, value) in Kept(DocumentationImporter.Extension)?.Members ?? [])
        {
            documentation.With(name, value.Copy());
        }

        if (api.DocumentationParts.Count > 0)
        {
            var parts = DocumentNode.NewArray();
            foreach (var part in api.DocumentationParts)
            {
                parts.Add(DocumentNode.NewObject().With("location", Parse(part.Location)).With("properties", Parse(part.Properties)));
            }

            documentation.With("documentationParts", parts);
        }

        return NotEmpty(documentation);
    }
}
