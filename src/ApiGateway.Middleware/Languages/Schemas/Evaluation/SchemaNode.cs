using ApiGateway.Middleware.Languages.Schemas.Json;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>What must hold for one value: a schema together with all that <c>allOf</c> and <c>$ref</c> add to it.</summary>
/// <remarks>Nodes form a graph with cycles, so they are created first and filled later. They do not change afterwards.</remarks>
internal sealed class SchemaNode
{
    /// <summary>The node that allows every value.</summary>
    public static SchemaNode Any { get; } = new();

    public JsonTypes Types { get; set; } = JsonTypes.All;

    /// <summary>Gets or sets whether 1.0 is an integer.</summary>
    public bool AllowsZeroFraction { get; set; }

    public EnumRules? Enum { get; set; }

    public StringRules? Strings { get; set; }

    public NumberRules? Numbers { get; set; }

    public ArrayRules Arrays { get; set; } = ArrayRules.Any;

    public ObjectRules Objects { get; set; } = ObjectRules.Any;

    /// <summary>Gets or sets the checks that read the value once more.</summary>
    public CompositeRules? Composite { get; set; }

    /// <summary>Gets or sets whether everything but <see cref="Composite"/> allows any value.</summary>
    public bool IsCompositeOnly { get; set; }
}
