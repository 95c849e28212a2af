using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;
using ApiGateway.Middleware.OpenApi.Import.Http;

namespace ApiGateway.Middleware.OpenApi.Export.Http;

/// <summary>Writes the document of an HTTP API, in the shape of ExportApi.</summary>
internal sealed class HttpDocumentExporter(HttpApiDefinition api, OpenApiExportOptions options)
{
    private readonly HttpSecurityExporter _security = new(api, options.Parts);
    private readonly DocumentNode _shared = DocumentNode.NewObject();

    private bool WithIntegrations => options.Parts.HasFlag(OpenApiExportParts.Integrations);

    public DocumentNode Write(string? stageName, string version)
    {
        var title = Kept("info")?.Get("title")?.Text ?? api.Name;
        var root = DocumentNode.NewObject()
            .With("openapi", "3.0.1")
            .With("info", DocumentNode.NewObject().With("title", title).With("description", api.Description).With("version", version))
            .With("servers", WriteServers(stageName))
            .With("tags", Kept("tags"));
        foreach (var (name, integration) in WithIntegrations ? api.Integrations : new Dictionary<string, IntegrationDefinition>())
        {
            _shared.With(name, HttpIntegrationExporter.Write(integration));
        }

        root.With("paths", WritePaths());
        var components = DocumentNode.NewObject()
            .With("securitySchemes", NotEmpty(_security.Schemes))
            .With(HttpApiImporter.IntegrationsExtension, NotEmpty(_shared));
        root.With("components", NotEmpty(components));
        if (WithIntegrations)
        {
            root.With(HttpApiImporter.CorsExtension, WriteCors()).With(HttpApiImporter.VersionExtension, "1.0");
        }

        return root;
    }

    private DocumentNode? Kept(string name) => api.Extensions.TryGetValue(name, out var json) ? DocumentExporter.Parse(json) : null;

    private static DocumentNode? NotEmpty(DocumentNode node) => node.Members.Count == 0 ? null : node;

    private DocumentNode WriteServers(string? stageName)
    {
        var host = options.Host ?? $"{api.Id ?? api.Name}.execute-api.{options.Region}.amazonaws.com";
        var basePath = stageName is null or HttpRouteImporter.Default ? "" : stageName;
        var server = DocumentNode.NewObject()
            .With("url", $"https://{host}/{{basePath}}")
            .With("variables", DocumentNode.NewObject().With("basePath", DocumentNode.NewObject().With("default", basePath)));
        if (WithIntegrations && api.DisableExecuteApiEndpoint)
        {
            server.With(EndpointImporter.Extension, DocumentNode.NewObject().With("disableExecuteApiEndpoint", DocumentNode.OfFlag(true)));
        }

        var servers = DocumentNode.NewArray();
        servers.Add(server);
        return servers;
    }

    private DocumentNode WritePaths()
    {
        var paths = DocumentNode.NewObject();
        foreach (var route in api.Routes)
        {
            var isDefault = route.RouteKey == HttpRouteImporter.Default;
            var space = route.RouteKey.IndexOf(' ', StringComparison.Ordinal);
            var path = isDefault ? $"/{HttpRouteImporter.Default}" : route.RouteKey[(space + 1)..];
            var method = isDefault ? "ANY" : route.RouteKey[..space];
            if (paths.Get(path) is not { } item)
            {
                paths.With(path, item = DocumentNode.NewObject());
            }

            item.With(method == "ANY" ? HttpRouteImporter.AnyMethod : method.ToLowerInvariant(), WriteOperation(route, path, isDefault));
        }

        return paths;
    }

    private DocumentNode WriteOperation(RouteDefinition route, string path, bool isDefault)
    {
        var operation = DocumentNode.NewObject().With("operationId", route.OperationName).With("parameters", WriteParameters(path));
        operation.With("responses", DocumentNode.NewObject()
            .With("default", DocumentNode.NewObject().With("description", $"Default response for {route.RouteKey}")));
        operation.With("security", _security.Write(route));
        if (isDefault)
        {
            operation.With(HttpRouteImporter.IsDefaultRoute, DocumentNode.OfFlag(true));
        }

        return WithIntegrations ? operation.With(IntegrationImporter.Extension, WriteIntegration(route)) : operation;
    }

    // OpenAPI wants each variable of a path declared.
    private static DocumentNode? WriteParameters(string path)
    {
        var parameters = DocumentNode.NewArray();
        foreach (var segment in path.Split('/'))
        {
            if (segment is ['{', .., '}'])
            {
                var name = segment[1..^1].TrimEnd('+');
                parameters.Add(DocumentNode.NewObject()
                    .With("name", name).With("in", "path").With("description", $"Generated path parameter for {name}")
                    .With("required", DocumentNode.OfFlag(true)).With("schema", DocumentNode.NewObject().With("type", "string")));
            }
        }

        return parameters.Items.Count == 0 ? null : parameters;
    }

    private DocumentNode? WriteIntegration(RouteDefinition route)
    {
        const string Prefix = "integrations/";

        return route.Target?.StartsWith(Prefix, StringComparison.Ordinal) == true && _shared.Has(route.Target[Prefix.Length..])
            ? DocumentNode.NewObject().With("$ref", $"#/components/{HttpApiImporter.IntegrationsExtension}/{Escape(route.Target[Prefix.Length..])}")
            : route.Integration is { } own ? HttpIntegrationExporter.Write(own) : null;
    }

    private static string Escape(string name) => Uri.EscapeDataString(
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private DocumentNode? WriteCors()
    {
        if (api.CorsConfiguration is not { } cors)
        {
            return null;
        }

        var node = DocumentNode.NewObject();
        Add("allowOrigins", cors.AllowOrigins);
        Add("allowMethods", cors.AllowMethods);
        Add("allowHeaders", cors.AllowHeaders);
        Add("exposeHeaders", cors.ExposeHeaders);
        if (cors.MaxAge is { } seconds)
        {
            node.With("maxAge", DocumentNode.OfNumber(seconds));
        }

        return cors.AllowCredentials ? node.With("allowCredentials", DocumentNode.OfFlag(true)) : node;

        void Add(string name, IList<string> texts)
        {
            if (texts.Count > 0)
            {
                node.With(name, NodeValues.List(texts));
            }
        }
    }
}
