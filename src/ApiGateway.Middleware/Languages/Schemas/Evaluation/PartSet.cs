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

    /// <summary>Gets the parts that must be judged in memory as a whole, see <see cref="NeedsDocument"/>.</summary>
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

    /// <summary>Whether it depends on the value which properties or items <c>unevaluated...</c> is about.</summary>
    private static bool NeedsDocument(SchemaPart part) =>
        (part.UnevaluatedProperties is not null || part.UnevaluatedItems is not null) && IsConditional(part, []);

    private static bool IsConditional(SchemaPart part, HashSet<SchemaPart> seen)
    {
        if (!seen.Add(part))
        {
            return false;
        }

        return part.AnyOf.Length > 0 || part.OneOf.Length > 0 || part.If is not null || part.DependentSchemas.Length > 0
            || part.Contains is not null
            || part.References.Any(next => IsConditional(next, seen)) || part.AllOf.Any(next => IsConditional(next, seen));
    }
}
