using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>[1..5]</c>, upwards or downwards, both ends included.</summary>
internal sealed class RangeExpression(TemplateExpression from, TemplateExpression to) : TemplateExpression
{
    public override Value Evaluate(RenderContext context)
    {
        if (!from.Evaluate(context).TryGetInteger(out var first) || !to.Evaluate(context).TryGetInteger(out var last))
        {
            return Value.Null;
        }

        var size = (first > last ? (Int128)first - last : (Int128)last - first) + 1;
        if (size > context.Limits.MaxRangeSize)
        {
            throw new TemplateLimitException($"A range has more than {context.Limits.MaxRangeSize} numbers.");
        }

        context.Step((int)size);
        var list = new ValueList((int)size);
        var step = first <= last ? 1 : -1;
        for (var i = 0; i < (int)size; i++)
        {
            list.Add(Value.Of(first + (step * i)));
        }

        return Value.Of(list);
    }
}
