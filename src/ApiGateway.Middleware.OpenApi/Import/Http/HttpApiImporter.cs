using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Reads what stands at the root of the document of an HTTP API.</summary>
/// <remarks>Source: "Use OpenAPI definitions for HTTP APIs in API Gateway".</remarks>
internal sealed class HttpApiImporter(ImportContext context, HttpApiDefinition api)
{
    public const string CorsExtension = "x-amazon-apigateway-cors";
    public const string IntegrationsExtension = "x-amazon-apigateway-integrations";
    public const string VersionExtension = "x-amazon-apigateway-importexport-version";

    private const string KnownVersion = "1.0";

    private static readonly string[] Ignored =
    [
        "x-amazon-apigateway-request-validator", "x-amazon-apigateway-request-validators", "x-amazon-apigateway-gateway-responses",
        "x-amazon-apigateway-binary-media-types", "x-amazon-apigateway-api-key-source", "x-amazon-apigateway-minimum-compression-size",
        "x-amazon-apigateway-policy", "x-amazon-apigateway-documentation", "x-amazon-apigateway-security-policy",
    ];

    public void Import()
    {
        ReadInfo();
        ReadVersion();
        ReadEndpoints();
        ReadTags();
        if (context.Object(context.Root, CorsExtension) is { } cors)
        {
            api.CorsConfiguration = ReadCors(cors);
        }

        var components = context.Object(context.Root, "components");
        if (components is not null)
        {
            ReadIntegrations(components);
        }

        Tell(components);
    }

    private void ReadInfo()
    {
        if (context.Object(context.Root, "info") is not { } info)
        {
            return;
        }

        api.Version = context.Text(info, "version");
        api.Description = context.Text(info, "description");
        if (context.Text(info, "title") is { Length: > 0 } title && title != api.Name)
        {
            api.Extensions["info"] = JsonText.Write(DocumentNode.NewObject().With("title", title));
        }
    }

    private void ReadVersion()
    {
        if (context.Text(context.Root, VersionExtension) is { } version and not KnownVersion)
        {
            context.Error(context.Root.Get(VersionExtension)!, $"'{VersionExtension}' must be '{KnownVersion}', but is '{version}'.");
        }
    }

    private void ReadEndpoints()
    {
        foreach (var owner in (IEnumerable<DocumentNode>)[context.Root, .. context.Array(context.Root, "servers")?.Items ?? []])
        {
            if (owner.IsObject && context.Object(owner, EndpointImporter.Extension) is { } node)
            {
                api.DisableExecuteApiEndpoint |= context.Flag(node, "disableExecuteApiEndpoint") == true;
            }
        }
    }

    private void ReadTags()
    {
        if (context.Array(context.Root, "tags") is { Items.Count: > 0 } tags)
        {
            api.Extensions["tags"] = JsonText.Write(tags);
        }
    }

    private HttpCorsDefinition ReadCors(DocumentNode node)
    {
        var cors = new HttpCorsDefinition
        {
            Origin = context.OriginOf(node),
            MaxAge = context.Whole(node, "maxAge"),
            AllowCredentials = context.Flag(node, "allowCredentials") == true,
        };
        context.Texts(node, "allowOrigins", cors.AllowOrigins);
        context.Texts(node, "allowMethods", cors.AllowMethods);
        context.Texts(node, "allowHeaders", cors.AllowHeaders);
        context.Texts(node, "exposeHeaders", cors.ExposeHeaders);
        foreach (var (name, value) in node.Members)
        {
            if (name is not ("allowOrigins" or "allowMethods" or "allowHeaders" or "exposeHeaders" or "maxAge" or "allowCredentials"))
            {
                context.Warn(
                    value, $"'{name}' is not known in {CorsExtension} and left out. Known: allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials.");
            }
        }

        return cors;
    }

    private void ReadIntegrations(DocumentNode components)
    {
        var importer = new HttpIntegrationImporter(context);
        foreach (var (name, written) in context.Object(components, IntegrationsExtension)?.Members ?? [])
        {
            if (!written.IsObject)
            {
                context.Error(written, $"An integration must be an object, but is {ImportContext.Describe(written)}.");
            }
            else if (importer.Import(written) is { } integration)
            {
                api.Integrations[name] = integration;
            }
        }
    }

    private void Tell(DocumentNode? components)
    {
        if (components is not null && context.Object(components, "schemas") is { Members.Count: > 0 } schemas)
        {
            context.Inform(schemas, "HTTP APIs have no models; the schemas are left out.");
        }

        foreach (var (name, value) in context.Root.Members)
        {
            if (Ignored.Contains(name))
            {
                context.Inform(value, $"HTTP APIs do not have '{name}'; it is left out.");
            }
            else if (name.StartsWith(Extensions.Prefix, StringComparison.OrdinalIgnoreCase)
                && name is not (CorsExtension or VersionExtension or EndpointImporter.Extension))
            {
                context.Warn(value, $"'{name}' is not known here and left out.");
            }
        }
    }
}
