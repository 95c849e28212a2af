using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;
using ApiGateway.Middleware.OpenApi.Import;

namespace ApiGateway.Middleware.OpenApi.Export;

/// <summary>Writes models as schemas: their addresses become references inside the document.</summary>
internal sealed class ModelExporter(RestApiDefinition api, bool isSwagger)
{
    public DocumentNode Write()
    {
        var schemas = DocumentNode.NewObject();
        foreach (var (name, model) in api.Models)
        {
            var schema = Localize(DocumentExporter.Parse(model.Schema));
            if (model.IsDraft2020 && !schema.Has("$schema"))
            {
                schema.With("$schema", SchemaWriter.Draft2020);
            }

            schema.With("description", model.Description);
            schemas.With(name, schema);
        }

        return schemas;
    }

    /// <summary>Gets a schema that refers to a model.</summary>
    public static DocumentNode Reference(string model, bool isSwagger) =>
        DocumentNode.NewObject().With("$ref", $"{(isSwagger ? "#/definitions/" : "#/components/schemas/")}{Escape(model)}");

    private static string Escape(string name) => Uri.EscapeDataString(
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private DocumentNode Localize(DocumentNode node)
    {
        if (node.IsArray)
        {
            var items = DocumentNode.NewArray();
            foreach (var item in node.Items)
            {
                items.Add(Localize(item));
            }

            return items;
        }

        if (!node.IsObject)
        {
            return node.Copy();
        }

        var members = DocumentNode.NewObject();
        foreach (var (name, value) in node.Members)
        {
            members.With(name, name == "$ref" && value.IsString && ModelNames.TryGetNameOfAddress(value.Text, out var model)
                ? Reference(model, isSwagger).Get("$ref")!.Copy()
                : Localize(value));
        }

        return members;
    }
}
