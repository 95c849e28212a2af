using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A number, a Boolean or a text without references.</summary>
internal sealed class LiteralExpression(Value value) : TemplateExpression
{
    public override Value Evaluate(RenderContext context) => value;
}
