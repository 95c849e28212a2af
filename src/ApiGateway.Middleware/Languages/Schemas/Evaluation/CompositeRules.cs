using ApiGateway.Middleware.Languages.Schemas.Loading;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>Checks that read a value again: alternatives, conditions, and what needs the value as a whole.</summary>
internal sealed class CompositeRules
{
    /// <summary>Gets nodes that must match besides.</summary>
    public SchemaNode[] Also { get; init; } = [];

    /// <summary>Gets groups of which at least one node must match.</summary>
    public SchemaNode[][] AnyOf { get; init; } = [];

    /// <summary>Gets groups of which exactly one node must match.</summary>
    public SchemaNode[][] OneOf { get; init; } = [];

    /// <summary>Gets nodes that must not match.</summary>
    public SchemaNode[] Not { get; init; } = [];

    public ConditionRule[] Conditions { get; init; } = [];

    /// <summary>Gets the allowed values if some of them are arrays or objects.</summary>
    public EnumRules? Structures { get; init; }

    /// <summary>Gets schemas that need the value in memory, since their <c>unevaluated...</c> depends on it.</summary>
    public SchemaPart[] Documents { get; init; } = [];

    public bool IsEmpty =>
        Also.Length == 0 && AnyOf.Length == 0 && OneOf.Length == 0 && Not.Length == 0 && Conditions.Length == 0
        && Structures is null && Documents.Length == 0;
}
