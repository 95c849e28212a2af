using System.Collections.Frozen;
using ApiGateway.Middleware.OpenApi.Documents;

namespace ApiGateway.Middleware.OpenApi.Import;

/// <summary>Turns the schema of a document into the schema of a model: references to models become their addresses.</summary>
internal sealed class SchemaWriter(ImportContext context, ModelNames models)
{
    public const string Draft2020 = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The levels around a schema in an exported document.</summary>
    private const int Wrapping = 8;

    private static readonly FrozenSet<string> SchemaMembers = FrozenSet.Create(
        StringComparer.Ordinal, "items", "additionalItems", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else",
        "unevaluatedItems", "unevaluatedProperties", "prefixItems", "allOf", "anyOf", "oneOf", "contentSchema");

    private static readonly FrozenSet<string> MapMembers = FrozenSet.Create(
        StringComparer.Ordinal, "properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies");

    private readonly HashSet<DocumentNode> _inlining = [];
    private bool _isDraft2020;
    private int _depth;

    /// <summary>Tells whether a schema is of JSON Schema 2020-12, by what it says itself, else by the document's version.</summary>
    public bool IsDraft2020(DocumentNode schema) => schema.Get("$schema") is { IsString: true } dialect
        ? dialect.Text.Contains("2020-12", StringComparison.Ordinal) || dialect.Text.Contains("2019-09", StringComparison.Ordinal)
        : context.Version == DocumentVersion.OpenApi31;

    /// <summary>Writes a whole model. A schema of OpenAPI 3.1 says that it is of JSON Schema 2020-12.</summary>
    public DocumentNode WriteModel(DocumentNode schema)
    {
        _isDraft2020 = IsDraft2020(schema);
        var written = Write(schema);
        if (written.Depth > DocumentLimits.MaxDepth - Wrapping)
        {
            context.Error(schema, $"The schema, with what it refers to, is nested deeper than {DocumentLimits.MaxDepth - Wrapping} levels.");
            return DocumentNode.NewObject();
        }

        if (context.Version != DocumentVersion.OpenApi31 || written.Has("$schema"))
        {
            return written.IsObject ? written : DocumentNode.NewObject();
        }

        var model = DocumentNode.NewObject().With("$schema", Draft2020);
        if (written.Kind == NodeKind.Boolean && written.Text == "false")
        {
            model.With("not", DocumentNode.NewObject());
        }

        foreach (var (name, value) in written.Members)
        {
            model.With(name, value);
        }

        return model;
    }

    private bool HasNullable => context.Version == DocumentVersion.OpenApi30 && !_isDraft2020;

    private DocumentNode Write(DocumentNode schema)
    {
        if (schema.IsArray)
        {
            var array = DocumentNode.NewArray();
            foreach (var item in schema.Items)
            {
                array.Add(Write(item));
            }

            return array;
        }

        if (!schema.IsObject)
        {
            return schema.Copy();
        }

        // References can nest schemas far deeper than the document is; the depth of the result tells, and is an error.
        if (_depth > DocumentLimits.MaxDepth)
        {
            return schema.Copy();
        }

        _depth++;
        var written = References.TargetOf(schema) is { } target ? WriteReference(schema, target) : WriteObject(schema);
        _depth--;
        return written;
    }

    private DocumentNode WriteObject(DocumentNode schema)
    {
        var written = DocumentNode.NewObject();
        foreach (var (name, value) in schema.Members)
        {
            if (name == "$ref" && value.IsString)
            {
                continue;
            }

            if (name == "nullable" && HasNullable && value.Kind == NodeKind.Boolean)
            {
                continue;
            }

            if (MapMembers.Contains(name) && value.IsObject)
            {
                var map = DocumentNode.NewObject();
                foreach (var (key, member) in value.Members)
                {
                    map.With(key, Write(member));
                }

                written.With(name, map);
            }
            else
            {
                written.With(name, SchemaMembers.Contains(name) ? Write(value) : value.Copy());
            }
        }

        return HasNullable ? ApplyNullable(schema, written) : written;
    }

    // Draft 4 has no 'nullable': null becomes one of the types, and one of the values of an enumeration.
    private DocumentNode ApplyNullable(DocumentNode schema, DocumentNode written)
    {
        if (schema.Get("type") is { IsString: true, Text: "null" } type)
        {
            context.Warn(type, "OpenAPI 3.0 has no type 'null'; Amazon API Gateway accepts it and fails on it. Use 'nullable: true'.");
        }

        if (schema.Get("nullable") is not { Kind: NodeKind.Boolean, Text: "true" })
        {
            return written;
        }

        if (written.Get("type") is not { IsString: true } single)
        {
            return written.Has("type") || written.Members.Count == 0 ? written : OrNull(written);
        }

        var nullable = DocumentNode.NewObject();
        foreach (var (name, value) in written.Members)
        {
            nullable.With(name, name switch
            {
                "type" => ListOf(single.Copy(), DocumentNode.OfText("null")),
                "enum" when value.IsArray && !value.Items.Any(static item => item.Kind == NodeKind.Null) =>
                    ListOf([.. value.Items, new DocumentNode(NodeKind.Null, 0)]),
                _ => value,
            });
        }

        return nullable;
    }

    private static DocumentNode OrNull(DocumentNode schema) => DocumentNode.NewObject()
        .With("anyOf", ListOf(schema, DocumentNode.NewObject().With("type", "null")));

    private static DocumentNode ListOf(params ReadOnlySpan<DocumentNode> items)
    {
        var list = DocumentNode.NewArray();
        foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private DocumentNode WriteReference(DocumentNode schema, string target)
    {
        // Before 2019-09, what stands beside $ref has no effect.
        var written = _isDraft2020 ? WriteObject(schema) : DocumentNode.NewObject();
        if (models.TryGetName(target, out var model))
        {
            if (models.Contains(model))
            {
                return written.With("$ref", models.AddressOf(model));
            }

            context.Warn(schema, $"The model '{model}' is missing, so this part takes everything. Define it, or mend the '$ref' to '{target}'.");
            return written;
        }

        if (!target.StartsWith('#'))
        {
            context.Error(schema, $"'$ref' must stay inside the document and begin with '#/', but is '{target}'. Copy what it refers to into the document.");
            return written;
        }

        if (context.References.Find(target) is not { } found)
        {
            // Anchors and places inside the schema itself are the validator's business.
            if (_isDraft2020 || target.StartsWith("#/definitions/", StringComparison.Ordinal))
            {
                return written.With("$ref", target);
            }

            context.Warn(schema, $"'$ref' leads nowhere, so this part takes everything: the document has no '{target}'.");
            return written;
        }

        return Inline(schema, found, written);
    }

    // A part of another schema is no model, so it is copied to where it is used.
    private DocumentNode Inline(DocumentNode schema, DocumentNode found, DocumentNode siblings)
    {
        if (!context.References.Pay(schema, found))
        {
            return siblings;
        }

        if (_inlining.Count >= DocumentLimits.MaxDepth || !_inlining.Add(found))
        {
            context.Error(schema, $"'$ref' to '{found.Path}' leads in a circle. Make it a schema of its own, which may refer to itself.");
            return siblings;
        }

        var inlined = Write(found);
        _inlining.Remove(found);
        return siblings.Members.Count == 0 ? inlined : siblings.With("allOf", ListOf(inlined));
    }
}
