using System.Text.RegularExpressions;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>A comparison of two operands, or of one with a regular expression. A path that leads nowhere equals nothing.</summary>
internal sealed class JsonPathComparison(JsonPathOperand left, JsonPathOperator operation, JsonPathOperand? right, Regex? pattern)
    : JsonPathCondition
{
    public override bool Holds(Value item, Value document, JsonPathBudget budget)
    {
        var hasLeft = left.TryGet(item, document, budget, out var one);
        if (operation == JsonPathOperator.Matches)
        {
            return hasLeft && Matches(one);
        }

        var hasRight = right!.TryGet(item, document, budget, out var other);
        return hasLeft && hasRight ? Compare(one, other) : operation == JsonPathOperator.NotEqual && hasLeft != hasRight;
    }

    private bool Compare(Value one, Value other) => operation switch
    {
        JsonPathOperator.Equal => ValueComparer.AreSame(one, other),
        JsonPathOperator.NotEqual => !ValueComparer.AreSame(one, other),
        JsonPathOperator.Less => TryOrder(one, other, out var order) && order < 0,
        JsonPathOperator.LessOrEqual => TryOrder(one, other, out var order) && order <= 0,
        JsonPathOperator.Greater => TryOrder(one, other, out var order) && order > 0,
        JsonPathOperator.GreaterOrEqual => TryOrder(one, other, out var order) && order >= 0,
        JsonPathOperator.In => other.List is { } list && list.IndexOf(one) >= 0,
        JsonPathOperator.NotIn => other.List is { } list && list.IndexOf(one) < 0,
        JsonPathOperator.Contains => Contains(one, other),
        JsonPathOperator.Size => other.TryGetInteger(out var size) && Count(one) == size,
        JsonPathOperator.Empty => Count(one) >= 0 && Count(one) == 0 == other.IsTruthy,
        _ => false,
    };

    private bool Matches(Value value)
    {
        try
        {
            return value.Text is { } text && pattern!.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ValueLimitException("The regular expression of a JSONPath filter takes too long.");
        }
    }

    private static bool TryOrder(Value one, Value other, out int order)
    {
        if (one.IsNumber && other.IsNumber)
        {
            order = ValueComparer.CompareNumbers(one, other);
            return true;
        }

        order = one.IsText && other.IsText ? string.CompareOrdinal(one.Text, other.Text) : 0;
        return one.IsText && other.IsText;
    }

    private static bool Contains(Value one, Value other) =>
        one.List is { } list ? list.IndexOf(other) >= 0
        : one.Text is { } text && other.Text is { } part && text.Contains(part, StringComparison.Ordinal);

    private static int Count(Value value) => value.List?.Count ?? value.Text?.Length ?? -1;
}
