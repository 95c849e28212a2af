using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>What the steps of an indefinite path share.</summary>
internal readonly record struct JsonPathSearch(Value Document, JsonPathBudget Budget, ValueList Results);
