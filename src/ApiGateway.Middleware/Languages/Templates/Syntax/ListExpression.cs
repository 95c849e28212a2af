using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>[a, b]</c>.</summary>
internal sealed class ListExpression(TemplateExpression[] items) : TemplateExpression
{
    public override Value Evaluate(RenderContext context)
    {
        context.Step(items.Length);

        var list = new ValueList(items.Length);
        foreach (var item in items)
        {
            list.Add(item.Evaluate(context));
        }

        return Value.Of(list);
    }
}
