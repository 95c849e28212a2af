using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import.Http;

/// <summary>Makes routes of an HTTP API of the operations of a document.</summary>
internal sealed class HttpRouteImporter(ImportContext context, HttpApiDefinition api, HttpSecurityImporter security)
{
    public const string AnyMethod = "x-amazon-apigateway-any-method";
    public const string Default = "$default";
    public const string IsDefaultRoute = "isDefaultRoute";

    private const string IntegrationPointer = $"#/components/{HttpApiImporter.IntegrationsExtension}/";
    private const string Validator = "x-amazon-apigateway-request-validator";

    private static readonly (string Member, string HttpMethod)[] Methods =
    [
        ("get", "GET"), ("put", "PUT"), ("post", "POST"), ("delete", "DELETE"), ("patch", "PATCH"), ("options", "OPTIONS"), ("head", "HEAD"),
        (AnyMethod, "ANY"),
    ];

    private readonly HttpIntegrationImporter _integrations = new(context);

    public void Import()
    {
        var basePath = BasePath.Of(context);
        var paths = context.Object(context.Root, "paths");
        foreach (var (path, written) in paths?.Members ?? [])
        {
            if (path.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }

            if (!path.StartsWith('/') && path != Default)
            {
                context.Error(written, $"A path begins with '/', but is '{path}'.");
            }
            else if (path.Length > 1 && path.EndsWith('/'))
            {
                context.Error(written, $"A path of an HTTP API other than '/' does not end with '/', but is '{path}'. Remove the slash.");
            }
            else if (context.Object(paths!, path) is { } item)
            {
                Import(path, basePath, item);
            }
        }
    }

    private void Import(string path, string basePath, DocumentNode item)
    {
        var isDefault = path.TrimStart('/') == Default;
        var joined = path == "/" && basePath.Length > 0 ? basePath : $"{basePath}{path}";
        foreach (var (member, httpMethod) in Methods)
        {
            if (context.Object(item, member) is { } operation)
            {
                Import(isDefault && member == AnyMethod ? Default : $"{httpMethod} {joined}", operation);
            }
        }

        if (item.Get("trace") is { } trace)
        {
            context.Warn(trace, "HTTP APIs have no routes for TRACE; the operation is left out.");
        }

        TellOfParameters(item);
    }

    private void Import(string key, DocumentNode operation)
    {
        var route = new RouteDefinition(key)
        {
            Origin = context.OriginOf(operation),
            OperationName = context.Text(operation, "operationId"),
        };
        security.Apply(operation, route);
        ReadIntegration(operation, route);
        TellOfOthers(operation);
        api.Routes.Add(route);
    }

    private void ReadIntegration(DocumentNode operation, RouteDefinition route)
    {
        if (operation.Get(IntegrationImporter.Extension) is not { Kind: not NodeKind.Null } written)
        {
            if (context.Options.DefaultIntegration is { Length: > 0 })
            {
                var path = route.RouteKey.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? route.RouteKey[slash..] : "";
                route.Integration = DefaultIntegration.Create(context, operation, path);
            }
            else
            {
                context.Warn(operation, $"The operation has no {IntegrationImporter.Extension}, so its route answers 500. Add one.");
            }

            return;
        }

        // What operations share stays shared, so that an export has it once.
        if (References.TargetOf(written) is { } target && target.StartsWith(IntegrationPointer, StringComparison.Ordinal)
            && References.Unescape(target[IntegrationPointer.Length..]) is var name && api.Integrations.ContainsKey(name))
        {
            route.Target = $"integrations/{name}";
        }
        else if (context.Object(operation, IntegrationImporter.Extension) is { } node)
        {
            route.Integration = _integrations.Import(node);
        }
    }

    // Variables of the path are declared in every document, and routes have them.
    private void TellOfParameters(DocumentNode owner)
    {
        foreach (var parameter in context.Array(owner, "parameters")?.Items ?? [])
        {
            if (context.References.Follow(parameter)?.Get("in") is not { Text: "path" })
            {
                context.Inform(parameter, "HTTP APIs do not check parameters; they are left out.");
                return;
            }
        }
    }

    private void TellOfOthers(DocumentNode operation)
    {
        TellOfParameters(operation);
        foreach (var (name, value) in operation.Members)
        {
            if (name is "requestBody" or Validator)
            {
                context.Inform(value, $"HTTP APIs do not validate requests; '{name}' is left out.");
            }
            else if (name.StartsWith(Extensions.Prefix, StringComparison.OrdinalIgnoreCase) && name != IntegrationImporter.Extension)
            {
                context.Warn(value, $"'{name}' is not known on an operation of an HTTP API and left out.");
            }
        }
    }
}
