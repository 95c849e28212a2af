namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary>How many items of an array must match a node.</summary>
internal sealed record ContainsRule(SchemaNode Node, int Min, int Max);
