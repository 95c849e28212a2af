using ApiGateway.Middleware.Languages.Schemas.Loading;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>A schema for properties that other keywords do not mention: <c>additionalProperties</c> and its kin.</summary>
internal sealed record Leftover(HashSet<string> Names, SchemaPattern[] Patterns, SchemaPart Part)
{
    /// <summary>All of these in a set of parts.</summary>
    public static List<Leftover> Of(PartSet set)
    {
        var leftovers = new List<Leftover>();
        foreach (var part in set.Parts)
        {
            if (part.AdditionalProperties is { } additional)
            {
                leftovers.Add(Create([part], additional));
            }

            if (part.UnevaluatedProperties is { } unevaluated)
            {
                var around = PartSet.Expand(part).Parts;
                var allAreEvaluated = around.Any(other => other.AdditionalProperties is not null
                    || (other.UnevaluatedProperties is not null && other != part));
                if (!allAreEvaluated)
                {
                    leftovers.Add(Create(around, unevaluated));
                }
            }
        }

        return leftovers;
    }

    public bool AppliesTo(string name) =>
        !Names.Contains(name) && Array.TrueForAll(Patterns, pattern => pattern.Match(name) != PatternResult.Match);

    private static Leftover Create(SchemaPart[] around, SchemaPart part) => new(
        [.. around.SelectMany(other => other.Properties).Select(property => property.Key)],
        [.. around.SelectMany(other => other.PatternProperties).Select(property => property.Key)],
        part);
}
