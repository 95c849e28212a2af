using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A text in double quotes that holds references or directives.</summary>
internal sealed class InterpolatedExpression(TemplateNode content) : TemplateExpression
{
    public override Value Evaluate(RenderContext context) => Value.Of(context.RenderText(content));
}
