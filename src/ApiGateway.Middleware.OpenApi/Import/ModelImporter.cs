using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Makes models of <c>definitions</c> or <c>components.schemas</c>, and of schemas that stand where they are used.</summary>
internal sealed class ModelImporter
{
    private const int NameBytes = 4;

    private readonly ImportContext _context;
    private readonly RestApiDefinition _api;
    private readonly DocumentNode? _schemas;
    private readonly ModelNames _names;
    private readonly SchemaWriter _writer;
    private readonly Dictionary<DocumentNode, string> _generated = [];

    public ModelImporter(ImportContext context, RestApiDefinition api)
    {
        _context = context;
        _api = api;
        _schemas = context.IsSwagger
            ? context.Object(context.Root, "definitions")
            : context.Object(context.Root, "components") is { } components ? context.Object(components, "schemas") : null;
        _names = new ModelNames(_schemas, context.IsSwagger, api.Id ?? api.Name);
        _writer = new SchemaWriter(context, _names);
    }

    public void Import()
    {
        foreach (var (name, schema) in _schemas?.Members ?? [])
        {
            if (!schema.IsObject && schema.Kind != NodeKind.Boolean)
            {
                _context.Error(schema, $"The schema '{name}' must be an object, but is {ImportContext.Describe(schema)}.");
                continue;
            }

            if (!name.All(char.IsAsciiLetterOrDigit))
            {
                _context.Warn(schema, $"The name of a model has letters and digits only in Amazon API Gateway, but is '{name}'.");
            }

            if (IsCircle(schema))
            {
                _context.Error(schema, $"The schema '{name}' refers to nothing but itself. Give it a content.");
                continue;
            }

            Add(name, schema, _writer.WriteModel(schema));
        }
    }

    /// <summary>Gets the name of the model for the schema of a body, which is made if the schema is no reference to one.</summary>
    public string? NameOf(DocumentNode schema)
    {
        if (!schema.IsObject && schema.Kind != NodeKind.Boolean)
        {
            _context.Error(schema, $"'schema' must be an object, but is {ImportContext.Describe(schema)}.");
            return null;
        }

        if (References.TargetOf(schema) is { } target && _names.TryGetName(target, out var name))
        {
            if (_names.Contains(name))
            {
                return name;
            }

            _context.Warn(schema, $"Invalid model identifier specified: {name}. The document has no such schema; bodies of this type are not checked.");
            return null;
        }

        if (!_generated.TryGetValue(schema, out var generated))
        {
            _generated[schema] = generated = Generate(schema);
        }

        return generated;
    }

    // Named by the content, so that the same schema is the same model in every place and at every load.
    private string Generate(DocumentNode schema)
    {
        var written = _writer.WriteModel(schema);
        var text = JsonText.Write(written);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        for (var length = NameBytes * 2; ; length++)
        {
            var name = $"MODEL{hash[..length]}";
            if (_api.Models.TryGetValue(name, out var model) && model.Schema == text)
            {
                return name;
            }

            if (model is null && !_names.Contains(name))
            {
                Add(name, schema, written);
                return name;
            }
        }
    }

    private void Add(string name, DocumentNode schema, DocumentNode written)
    {
        _api.Models[name] = new ModelDefinition(name, JsonText.Write(written))
        {
            Origin = _context.OriginOf(schema),
            Description = written.Get("description") is { IsString: true } description ? description.Text : null,
            IsDraft2020 = _writer.IsDraft2020(written),
        };
    }

    private bool IsCircle(DocumentNode schema)
    {
        var seen = new HashSet<DocumentNode>();
        for (var node = schema; node is not null; node = _schemas!.Get(NameIn(node)))
        {
            if (!seen.Add(node))
            {
                return true;
            }

            if (NameIn(node).Length == 0)
            {
                return false;
            }
        }

        return false;
    }

    private string NameIn(DocumentNode node) =>
        References.TargetOf(node) is { } target && _names.TryGetName(target, out var name) ? name : "";
}
