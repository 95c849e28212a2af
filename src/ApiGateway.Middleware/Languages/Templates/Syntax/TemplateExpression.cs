using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A part of a template that has a value.</summary>
internal abstract class TemplateExpression
{
    public abstract Value Evaluate(RenderContext context);

    public virtual bool IsTrue(RenderContext context) => Evaluate(context).IsTruthy;
}
