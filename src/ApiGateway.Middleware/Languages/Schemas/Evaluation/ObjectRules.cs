namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>What a node asks of objects.</summary>
internal sealed class ObjectRules
{
    private SchemaNode? _rest;

    /// <summary>Rules that allow every object.</summary>
    public static ObjectRules Any { get; } = new();

    /// <summary>Gets the names that the schema mentions, in its order.</summary>
    public Utf8Names Names { get; init; } = new([]);

    /// <summary>Gets the node of each name.</summary>
    public SchemaNode[] Children { get; init; } = [];

    /// <summary>Gets the bit of each name whose presence matters, 0 for the others.</summary>
    public ulong[] Bits { get; init; } = [];

    /// <summary>Gets the bits that must all be there.</summary>
    public ulong Required { get; init; }

    /// <summary>Gets the node of all other names, unless there are <see cref="Patterns"/>.</summary>
    public SchemaNode Rest
    {
        // The rules and the node that allow everything refer to each other, so neither can be complete first.
        get => _rest ?? SchemaNode.Any;
        init => _rest = value;
    }

    /// <summary>Gets what the other names are matched against.</summary>
    public PatternRules? Patterns { get; init; }

    /// <summary>Gets the node that every name must match.</summary>
    public SchemaNode? PropertyNames { get; init; }

    public int MinProperties { get; init; }

    public int MaxProperties { get; init; } = int.MaxValue;

    /// <summary>Gets which bits need which others.</summary>
    public (ulong Trigger, ulong Needed)[] Dependencies { get; init; } = [];

    /// <summary>Gets the nodes that the object must match, too, if the bit is there.</summary>
    public (ulong Trigger, SchemaNode Node)[] DependentSchemas { get; init; } = [];
}
