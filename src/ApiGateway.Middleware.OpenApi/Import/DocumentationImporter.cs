using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Reads <c>x-amazon-apigateway-documentation</c>.</summary>
internal sealed class DocumentationImporter(ImportContext context, RestApiDefinition api)
{
    public const string Extension = "x-amazon-apigateway-documentation";

    public void Import()
    {
        if (context.Options.IgnoreDocumentation || context.Object(context.Root, Extension) is not { } node)
        {
            return;
        }

        api.DocumentationVersion = context.Text(node, "version");
        var rest = DocumentNode.NewObject();
        foreach (var (name, value) in node.Members)
        {
            if (name is not ("version" or "documentationParts"))
            {
                rest.With(name, value.Copy());
            }
        }

        if (rest.Members.Count > 0)
        {
            api.Extensions[Extension] = JsonText.Write(rest);
        }

        foreach (var part in context.Array(node, "documentationParts")?.Items ?? [])
        {
            if (!part.IsObject || context.Object(part, "location") is not { } location || context.Text(location, "type") is null)
            {
                context.Error(part, "A documentation part needs 'location' with a 'type'.");
                continue;
            }

            var properties = context.Object(part, "properties") ?? DocumentNode.NewObject();
            api.DocumentationParts.Add(new DocumentationPartDefinition(JsonText.Write(location), JsonText.Write(properties)));
        }
    }
}
