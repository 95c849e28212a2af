using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>
/// Arithmetic. Whole numbers stay whole, so that <c>7 / 2</c> is 3; a plus with a text joins texts; anything else that is no
/// number gives null, as does division by zero.
/// </summary>
internal sealed class ArithmeticExpression(TemplateExpression left, BinaryOperator operation, TemplateExpression right)
    : TemplateExpression
{
    public override Value Evaluate(RenderContext context)
    {
        var one = left.Evaluate(context);
        var other = right.Evaluate(context);

        if (one.IsInteger && other.IsInteger)
        {
            return Calculate(one.Integer, other.Integer);
        }

        if (operation == BinaryOperator.Add && (one.IsText || other.IsText))
        {
            return Join(context, context.TextOf(one), context.TextOf(other));
        }

        return one.IsNumber && other.IsNumber ? Calculate(one.Double, other.Double) : Value.Null;
    }

    private static Value Join(RenderContext context, string one, string other)
    {
        context.StepText((long)one.Length + other.Length);
        return Value.Of(string.Concat(one, other));
    }

    private Value Calculate(long one, long other)
    {
        switch (operation)
        {
            case BinaryOperator.Divide or BinaryOperator.Remainder when other == 0:
                return Value.Null;
            case BinaryOperator.Divide when other != -1:
                return Value.Of(one / other);
            case BinaryOperator.Remainder:
                return Value.Of(other == -1 ? 0 : one % other);
        }

        var exact = operation switch
        {
            BinaryOperator.Add => (Int128)one + other,
            BinaryOperator.Subtract => (Int128)one - other,
            BinaryOperator.Multiply => (Int128)one * other,
            _ => -(Int128)one,
        };

        return exact >= long.MinValue && exact <= long.MaxValue ? Value.Of((long)exact) : Value.Of((double)exact);
    }

    private Value Calculate(double one, double other) => operation switch
    {
        BinaryOperator.Add => Value.Of(one + other),
        BinaryOperator.Subtract => Value.Of(one - other),
        BinaryOperator.Multiply => Value.Of(one * other),
        _ when other == 0 => Value.Null,
        BinaryOperator.Divide => Value.Of(one / other),
        _ => Value.Of(one % other),
    };
}
