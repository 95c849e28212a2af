using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>!$x</c>.</summary>
internal sealed class NotExpression(TemplateExpression inner) : TemplateExpression
{
    public override Value Evaluate(RenderContext context) => Value.Of(IsTrue(context));

    public override bool IsTrue(RenderContext context) => !inner.IsTrue(context);
}
