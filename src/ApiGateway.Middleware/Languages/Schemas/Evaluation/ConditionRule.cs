namespace ApiGateway.Middleware.Languages.Schemas.Evaluation;

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed record ConditionRule(SchemaNode If, SchemaNode? Then, SchemaNode? Else);
