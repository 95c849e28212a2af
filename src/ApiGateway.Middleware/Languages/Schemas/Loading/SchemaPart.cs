using ApiGateway.Middleware.Languages.Schemas.Formats;
using ApiGateway.Middleware.Languages.Schemas.Json;
using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Loading;

/// <summary>One schema object as written, with its references resolved. Parts form a graph that may have cycles.</summary>
/// <remarks>The dialects meet here: what only draft 4 has, such as <c>dependencies</c>, has its modern form.</remarks>
internal sealed class SchemaPart(int id, string pointer)
{
    public int Id { get; } = id;

    public string Pointer { get; } = pointer;

    /// <summary>Gets or sets whether this is the schema <c>false</c>.</summary>
    public bool IsNever { get; set; }

    public JsonTypes Types { get; set; } = JsonTypes.All;

    /// <summary>Gets or sets whether 1.0 is an integer, as it is since draft 6.</summary>
    public bool AllowsZeroFraction { get; set; }

    /// <summary>Gets or sets the allowed values of <c>enum</c>.</summary>
    public JsonValue[]? Enum { get; set; }

    /// <summary>Gets or sets the value of <c>const</c>.</summary>
    public JsonValue? Constant { get; set; }

    public NumberBound? Minimum { get; set; }

    public NumberBound? Maximum { get; set; }

    public NumberMultiple? MultipleOf { get; set; }

    public int MinLength { get; set; }

    public int MaxLength { get; set; } = int.MaxValue;

    public SchemaPattern? Pattern { get; set; }

    public SchemaFormat Format { get; set; }

    public SchemaPart[] PrefixItems { get; set; } = [];

    /// <summary>Gets or sets the schema of the items after <see cref="PrefixItems"/>.</summary>
    public SchemaPart? Items { get; set; }

    public int MinItems { get; set; }

    public int MaxItems { get; set; } = int.MaxValue;

    public bool UniqueItems { get; set; }

    public SchemaPart? Contains { get; set; }

    public int MinContains { get; set; } = 1;

    public int MaxContains { get; set; } = int.MaxValue;

    public SchemaPart? UnevaluatedItems { get; set; }

    public KeyValuePair<string, SchemaPart>[] Properties { get; set; } = [];

    public KeyValuePair<SchemaPattern, SchemaPart>[] PatternProperties { get; set; } = [];

    public SchemaPart? AdditionalProperties { get; set; }

    public string[] Required { get; set; } = [];

    public int MinProperties { get; set; }

    public int MaxProperties { get; set; } = int.MaxValue;

    public SchemaPart? PropertyNames { get; set; }

    public KeyValuePair<string, string[]>[] DependentRequired { get; set; } = [];

    public KeyValuePair<string, SchemaPart>[] DependentSchemas { get; set; } = [];

    public SchemaPart? UnevaluatedProperties { get; set; }

    /// <summary>Gets or sets the targets of <c>$ref</c> and <c>$dynamicRef</c>.</summary>
    public SchemaPart[] References { get; set; } = [];

    public SchemaPart[] AllOf { get; set; } = [];

    public SchemaPart[] AnyOf { get; set; } = [];

    public SchemaPart[] OneOf { get; set; } = [];

    public SchemaPart? Not { get; set; }

    public SchemaPart? If { get; set; }

    public SchemaPart? Then { get; set; }

    public SchemaPart? Else { get; set; }

    /// <summary>The parts that judge the same value as this one, whatever the outcome of the others.</summary>
    public IEnumerable<SchemaPart> SameValue()
    {
        foreach (var part in (SchemaPart[])[.. References, .. AllOf, .. AnyOf, .. OneOf])
        {
            yield return part;
        }

        foreach (var part in (SchemaPart?[])[Not, If, Then, Else])
        {
            if (part is not null)
            {
                yield return part;
            }
        }

        foreach (var (_, part) in DependentSchemas)
        {
            yield return part;
        }
    }
}
