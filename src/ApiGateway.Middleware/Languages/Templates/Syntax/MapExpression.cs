using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>{"a": 1, "b": $x}</c>.</summary>
internal sealed class MapExpression(KeyValuePair<TemplateExpression, TemplateExpression>[] entries) : TemplateExpression
{
    public override Value Evaluate(RenderContext context)
    {
        context.Step(entries.Length);

        var map = new ValueMap(entries.Length);
        foreach (var (key, value) in entries)
        {
            map.Put(context.TextOf(key.Evaluate(context)), value.Evaluate(context));
        }

        return Value.Of(map);
    }
}
