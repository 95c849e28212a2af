using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>The condition of a filter.</summary>
internal abstract class JsonPathCondition
{
    public abstract bool Holds(Value item, Value document, JsonPathBudget budget);

    internal sealed class Not(JsonPathCondition inner) : JsonPathCondition
    {
        public override bool Holds(Value item, Value document, JsonPathBudget budget) => !inner.Holds(item, document, budget);
    }

    internal sealed class And(JsonPathCondition left, JsonPathCondition right) : JsonPathCondition
    {
        public override bool Holds(Value item, Value document, JsonPathBudget budget) =>
            left.Holds(item, document, budget) && right.Holds(item, document, budget);
    }

    internal sealed class Or(JsonPathCondition left, JsonPathCondition right) : JsonPathCondition
    {
        public override bool Holds(Value item, Value document, JsonPathBudget budget) =>
            left.Holds(item, document, budget) || right.Holds(item, document, budget);
    }

    /// <summary>A path alone asks whether it leads somewhere.</summary>
    internal sealed class Exists(JsonPathOperand operand) : JsonPathCondition
    {
        public override bool Holds(Value item, Value document, JsonPathBudget budget) =>
            operand.TryGet(item, document, budget, out _);
    }
}
