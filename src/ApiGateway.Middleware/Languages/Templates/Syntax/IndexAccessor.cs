using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>[0]</c>, <c>["key"]</c>, <c>[$x]</c>. A negative position counts from the end of a list.</summary>
internal sealed class IndexAccessor(TemplateExpression index) : Accessor
{
    public override Value Get(RenderContext context, Value receiver)
    {
        var key = index.Evaluate(context);
        if (receiver.Kind == ValueKind.List && receiver.TryGetIndexed(out var json, out var token))
        {
            return key.TryGetInteger(out var wanted) ? json.ItemAt(token, Position(json[token].Count, wanted)) : Value.Null;
        }

        if (receiver.Map is { } map)
        {
            return map.Get(context.TextOf(key));
        }

        if (receiver.Object is TemplateObject host)
        {
            return host.GetProperty(context.TextOf(key));
        }

        return receiver.List is { } list && key.TryGetInteger(out var position) ? list[Position(list.Count, position)] : Value.Null;
    }

    public override void Set(RenderContext context, Value receiver, Value value)
    {
        var key = index.Evaluate(context);
        if (receiver.Map is { } map)
        {
            map.Put(context.TextOf(key), value);
        }
        else if (receiver.List is { } list && key.TryGetInteger(out var position))
        {
            list[Position(list.Count, position)] = value;
        }
    }

    private static int Position(int count, long position)
    {
        var actual = position < 0 ? count + position : position;
        return actual >= 0 && actual < count
            ? (int)actual
            : throw new TemplateRenderException($"A list of {count} items has no item {position}.");
    }
}
