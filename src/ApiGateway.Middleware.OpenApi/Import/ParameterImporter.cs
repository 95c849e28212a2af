using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads the parameters and bodies of an operation's requests.</summary>
internal sealed class ParameterImporter(ImportContext context, ModelImporter models)
{
    private const string DefaultContentType = "application/json";

    public void Import(DocumentNode pathItem, DocumentNode operation, MethodDefinition method)
    {
        var parameters = new Dictionary<(string, string), DocumentNode>();
        Collect(pathItem, parameters);
        Collect(operation, parameters);

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ((location, name), node) in parameters)
        {
            switch (location)
            {
                case "query" or "header" or "path":
                    if (!names.Add(name))
                    {
                        context.Error(node, $"Parameter names must be unique across querystring, header and path, but '{name}' is not.");
                    }

                    var key = location == "query" ? "querystring" : location;
                    method.RequestParameters[$"method.request.{key}.{name}"] = location == "path" || context.Flag(node, "required") == true;
                    break;
                case "body" when context.IsSwagger:
                    AddBody(operation, node, method);
                    break;
                default:
                    context.Warn(node, $"Parameters in '{location}' are not supported; '{name}' is left out.");
                    break;
            }
        }

        if (!context.IsSwagger && context.Object(operation, "requestBody") is { } body)
        {
            AddModels(context.Object(body, "content"), method.RequestModels);
        }
    }

    /// <summary>Reads the models of a <c>content</c> object of OpenAPI 3.</summary>
    public void AddModels(DocumentNode? content, IDictionary<string, string> target)
    {
        foreach (var (type, _) in content?.Members ?? [])
        {
            if (context.Object(content!, type)?.Get("schema") is { Kind: not NodeKind.Null } schema && models.NameOf(schema) is { } model)
            {
                target[type] = model;
            }
        }
    }

    /// <summary>Reads the model of a <c>schema</c> of OpenAPI 2.0, for the media types of the operation, else of the document.</summary>
    public void AddModel(DocumentNode operation, string member, DocumentNode owner, IDictionary<string, string> target)
    {
        if (owner.Get("schema") is not { Kind: not NodeKind.Null } schema || models.NameOf(schema) is not { } model)
        {
            return;
        }

        var types = new List<string>();
        context.Texts(operation.Has(member) ? operation : context.Root, member, types);
        foreach (var type in types.Count == 0 ? [DefaultContentType] : types)
        {
            target[type] = model;
        }
    }

    private void AddBody(DocumentNode operation, DocumentNode body, MethodDefinition method) =>
        AddModel(operation, "consumes", body, method.RequestModels);

    // An operation's parameter takes the place of the path's with the same name and location.
    private void Collect(DocumentNode owner, Dictionary<(string Location, string Name), DocumentNode> parameters)
    {
        foreach (var item in context.Array(owner, "parameters")?.Items ?? [])
        {
            if (context.References.Follow(item) is not { } node)
            {
                continue;
            }

            if (!node.IsObject)
            {
                context.Error(item, $"A parameter must be an object, but is {ImportContext.Describe(node)}.");
            }
            else if (context.Text(node, "in") is { } location && context.Text(node, "name") is { Length: > 0 } name)
            {
                parameters[(location, name)] = node;
            }
            else
            {
                context.Error(item, "A parameter needs 'name' and 'in'.");
            }
        }
    }
}
