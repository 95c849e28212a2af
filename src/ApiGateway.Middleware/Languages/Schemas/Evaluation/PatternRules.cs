using ApiGateway.Middleware.Languages.Schemas.Patterns;

namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>What a node asks of properties whose names it does not know. At most 64 patterns.</summary>
/// <param name="Patterns">The expressions.</param>
/// <param name="Nodes">The node of each expression.</param>
/// <param name="Leftovers">Nodes for names that match none of the expressions in the mask.</param>
internal sealed record PatternRules(SchemaPattern[] Patterns, SchemaNode[] Nodes, (ulong Mask, SchemaNode Node)[] Leftovers);
