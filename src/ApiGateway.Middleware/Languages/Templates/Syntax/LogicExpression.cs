using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>&amp;&amp;</c> and <c>||</c>: evaluate the right side only when it matters, and give a Boolean.</summary>
internal sealed class LogicExpression(TemplateExpression left, BinaryOperator operation, TemplateExpression right) : TemplateExpression
{
    public override Value Evaluate(RenderContext context) => Value.Of(IsTrue(context));

    public override bool IsTrue(RenderContext context) => operation == BinaryOperator.And
        ? left.IsTrue(context) && right.IsTrue(context)
        : left.IsTrue(context) || right.IsTrue(context);
}
