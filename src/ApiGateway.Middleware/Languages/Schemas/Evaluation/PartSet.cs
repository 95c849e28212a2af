using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>The parts that all apply to one value, with everything that <c>$ref</c> and <c>allOf</c> add.</summary>
internal sealed class PartSet
{
    private PartSet(SchemaPart[] parts, SchemaPart[] documents)
    {
        Parts = parts;
        Documents = documents;
        Key = $"{string.Join(',', parts.Select(part => part.Id))}|{string.Join(',', documents.Select(part => part.Id))}";
    }

    /// <summary>Gets the parts whose keywords can be merged.</summary>
    public SchemaPart[] Parts { get; }

    /// <summary>Gets the parts that must be judged in memory as a whole, since what they allow depends on the value.</summary>
    public SchemaPart[] Documents { get; }

    /// <summary>Gets a text that equal sets share.</summary>
    public string Key { get; }

    public static PartSet Expand(params IEnumerable<SchemaPart> start)
    {
        var parts = new HashSet<SchemaPart>();
        var documents = new HashSet<SchemaPart>();
        var open = new Stack<SchemaPart>(start);
        while (open.TryPop(out var part))
        {
            if (NeedsDocument(part))
            {
                documents.Add(part);
                continue;
            }

            if (parts.Add(part))
            {
                foreach (var added in (SchemaPart[])[.. part.References, .. part.AllOf])
                {
                    open.Push(added);
                }
            }
        }

        return new PartSet([.. parts.OrderBy(part => part.Id)], [.. documents.OrderBy(part => part.Id)]);
    }

    // Whether it depends on the value which of its properties or items "unevaluated..." is about.
    private static bool NeedsDocument(SchemaPart part)
    {
        if (part.UnevaluatedProperties is null && part.UnevaluatedItems is null)
        {
            return false;
        }

        var seen = new HashSet<SchemaPart> { part };
        var open = new Stack<SchemaPart>(seen);
        while (open.TryPop(out var next))
        {
            if (IsConditional(next))
            {
                return true;
            }

            foreach (var added in (SchemaPart[])[.. next.References, .. next.AllOf])
            {
                if (seen.Add(added))
                {
                    open.Push(added);
                }
            }
        }

        return false;
    }

    private static bool IsConditional(SchemaPart part) =>
        part.AnyOf.Length > 0 || part.OneOf.Length > 0 || part.If is not null || part.DependentSchemas.Length > 0
        || part.Contains is not null;
}
