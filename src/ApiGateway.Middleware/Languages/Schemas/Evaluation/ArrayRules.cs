namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>What a node asks of arrays.</summary>
internal sealed class ArrayRules
{
    private SchemaNode? _rest;

    /// <summary>Rules that allow every array.</summary>
    public static ArrayRules Any { get; } = new();

    /// <summary>Gets the nodes of the first items.</summary>
    public SchemaNode[] Prefix { get; init; } = [];

    /// <summary>Gets the node of the items after <see cref="Prefix"/>.</summary>
    public SchemaNode Rest
    {
        // The rules and the node that allow everything refer to each other, so neither can be complete first.
        get => _rest ?? SchemaNode.Any;
        init => _rest = value;
    }

    public int MinItems { get; init; }

    public int MaxItems { get; init; } = int.MaxValue;

    public bool UniqueItems { get; init; }

    public ContainsRule[] Contains { get; init; } = [];

    /// <summary>Gets whether the items are read once more after the array has ended.</summary>
    public bool HasSecondPass => UniqueItems || Contains.Length > 0;
}
