using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>==</c>, <c>!=</c>, <c>&lt;</c> and so on. Only numbers have an order; other comparisons of order are false.</summary>
internal sealed class ComparisonExpression(TemplateExpression left, BinaryOperator operation, TemplateExpression right)
    : TemplateExpression
{
    private const int StepsPerCollection = 64;

    public override Value Evaluate(RenderContext context) => Value.Of(IsTrue(context));

    public override bool IsTrue(RenderContext context)
    {
        var one = left.Evaluate(context);
        var other = right.Evaluate(context);

        if (operation is BinaryOperator.Equal or BinaryOperator.NotEqual)
        {
            return AreEqual(context, one, other) == (operation == BinaryOperator.Equal);
        }

        if (!one.IsNumber || !other.IsNumber)
        {
            return false;
        }

        var order = ValueComparer.CompareNumbers(one, other);
        return operation switch
        {
            BinaryOperator.Less => order < 0,
            BinaryOperator.Greater => order > 0,
            BinaryOperator.LessOrEqual => order <= 0,
            _ => order >= 0,
        };
    }

    private static bool AreEqual(RenderContext context, Value one, Value other)
    {
        if (one.IsNull || other.IsNull)
        {
            // Null equals null, and empty text as well.
            return (one.IsNull || one.IsEmptyText) && (other.IsNull || other.IsEmptyText);
        }

        if (one.Kind == other.Kind || (one.IsNumber && other.IsNumber))
        {
            context.Step(one.Kind is ValueKind.List or ValueKind.Map ? StepsPerCollection : 0);
            context.StepText(one.TextSize);
            return ValueComparer.AreSame(one, other);
        }

        // Values of two kinds are equal when they print the same.
        return context.TextOf(one) == context.TextOf(other);
    }
}
