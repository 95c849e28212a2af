using ApiGateway.Middleware.Languages.Schemas.Loading;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

// Arrays and objects.
internal sealed partial class NodeBuilder
{
    private ArrayRules Arrays(SchemaPart[] parts)
    {
        if (parts.All(AllowsEveryArray))
        {
            return ArrayRules.Any;
        }

        var prefixLength = parts.Max(part => PrefixOf(part));
        return new ArrayRules
        {
            Prefix = [.. Enumerable.Range(0, prefixLength).Select(index => Node(ItemParts(parts, index)))],
            Rest = Node(ItemParts(parts, prefixLength)),
            MinItems = parts.Max(part => part.MinItems),
            MaxItems = parts.Min(part => part.MaxItems),
            UniqueItems = parts.Any(part => part.UniqueItems),
            Contains = [.. parts.Where(part => part.Contains is not null).Select(Contains)],
        };
    }

    private ContainsRule Contains(SchemaPart part) => new(Node(part.Contains!), part.MinContains, part.MaxContains);

    private static bool AllowsEveryArray(SchemaPart part) =>
        part.PrefixItems.Length == 0 && part.Items is null && part.UnevaluatedItems is null && part.Contains is null
        && part.MinItems == 0 && part.MaxItems == int.MaxValue && !part.UniqueItems;

    private static int PrefixOf(SchemaPart part) =>
        part.UnevaluatedItems is null
            ? part.PrefixItems.Length
            : PartSet.Expand(part).Parts.Max(other => other.PrefixItems.Length);

    private static IEnumerable<SchemaPart> ItemParts(SchemaPart[] parts, int index)
    {
        foreach (var part in parts)
        {
            if (index < part.PrefixItems.Length)
            {
                yield return part.PrefixItems[index];
            }
            else if (part.Items is not null)
            {
                yield return part.Items;
            }

            if (part.UnevaluatedItems is not null && !PartSet.Expand(part).Parts.Any(other => index < other.PrefixItems.Length
                || other.Items is not null || (other.UnevaluatedItems is not null && other != part)))
            {
                yield return part.UnevaluatedItems;
            }
        }
    }

    private ObjectRules Objects(PartSet set, PresenceRules presence)
    {
        var parts = set.Parts;
        if (parts.All(AllowsEveryObject))
        {
            return ObjectRules.Any;
        }

        var leftovers = Leftover.Of(set);
        SchemaPart[] nameParts = [.. parts.Select(part => part.PropertyNames).OfType<SchemaPart>()];
        string[] names = [.. parts.SelectMany(part => part.Properties).Select(property => property.Key).Union(presence.Names)];
        return new ObjectRules
        {
            Names = new Utf8Names(names),
            Children = [.. names.Select(name => Node(PropertyParts(parts, leftovers, name)))],
            Bits = [.. names.Select(presence.BitOf)],
            Required = presence.Required,
            Rest = Node(leftovers.Select(leftover => leftover.Part)),
            Patterns = Patterns(parts, leftovers),
            PropertyNames = nameParts.Length == 0 ? null : Node(nameParts),
            MinProperties = parts.Max(part => part.MinProperties),
            MaxProperties = parts.Min(part => part.MaxProperties),
            Dependencies = presence.Dependencies,
            DependentSchemas = presence.DependentSchemas,
        };
    }

    private static bool AllowsEveryObject(SchemaPart part) =>
        part.Properties.Length == 0 && part.PatternProperties.Length == 0 && part.AdditionalProperties is null
        && part.UnevaluatedProperties is null && part.PropertyNames is null && part.Required.Length == 0
        && part.DependentRequired.Length == 0 && part.DependentSchemas.Length == 0
        && part.MinProperties == 0 && part.MaxProperties == int.MaxValue;

    // Everything that applies to a property of a known name; its patterns are matched here, not per request.
    private static IEnumerable<SchemaPart> PropertyParts(SchemaPart[] parts, List<Leftover> leftovers, string name) =>
    [
        .. parts.SelectMany(part => part.Properties).Where(property => property.Key == name).Select(property => property.Value),
        .. parts.SelectMany(part => part.PatternProperties)
            .Where(property => property.Key.Match(name) == PatternResult.Match).Select(property => property.Value),
        .. leftovers.Where(leftover => leftover.AppliesTo(name)).Select(leftover => leftover.Part),
    ];

    private PatternRules? Patterns(SchemaPart[] parts, List<Leftover> leftovers)
    {
        KeyValuePair<SchemaPattern, SchemaPart>[] entries = [.. parts.SelectMany(part => part.PatternProperties)];
        SchemaPattern[] patterns = [.. entries.Select(entry => entry.Key)];
        return entries.Length == 0
            ? null
            : new PatternRules(
                patterns,
                [.. entries.Select(entry => Node(entry.Value))],
                [.. leftovers.Select(leftover => (Mask(patterns, leftover), Node(leftover.Part)))]);
    }

    private static ulong Mask(SchemaPattern[] patterns, Leftover leftover)
    {
        var mask = 0UL;
        foreach (var pattern in leftover.Patterns)
        {
            mask |= 1UL << Array.IndexOf(patterns, pattern);
        }

        return mask;
    }
}
