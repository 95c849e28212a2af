using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#foreach($item in $items)</c>: over lists, ranges, the values of maps and of objects. Anything else has no items.</summary>
internal sealed class ForeachNode(int item, TemplateExpression items, TemplateNode body, LoopVariables variables) : TemplateNode
{
    public override void Render(RenderContext context)
    {
        var collection = items.Evaluate(context);
        if (collection.Object is TemplateObject host)
        {
            collection = Value.Of(host.ListValues());
        }

        if (collection.Kind is not (ValueKind.List or ValueKind.Map))
        {
            return;
        }

        var itemBefore = context.Replace(item, default);
        var scopeBefore = default(RenderContext.Variable);
        ForeachScope? scope = null;

        // The object, and the older counters, exist only in templates that mention them.
        if (variables.Foreach >= 0)
        {
            scope = new(context.Get(variables.Foreach).Object as ForeachScope);
            scopeBefore = context.Replace(variables.Foreach, Value.Of(scope));
        }

        var countBefore = variables.Count >= 0 ? context.Replace(variables.Count, default) : default;
        var hasNextBefore = variables.HasNext >= 0 ? context.Replace(variables.HasNext, default) : default;

        Loop(context, collection, scope);

        context.Restore(item, itemBefore);
        if (scope is not null)
        {
            context.Restore(variables.Foreach, scopeBefore);
        }

        if (variables.Count >= 0)
        {
            context.Restore(variables.Count, countBefore);
        }

        if (variables.HasNext >= 0)
        {
            context.Restore(variables.HasNext, hasNextBefore);
        }
    }

    private void Loop(RenderContext context, Value collection, ForeachScope? scope)
    {
        var reader = new ItemReader(collection);
        for (var i = 0; reader.MoveNext(); i++)
        {
            if (i >= context.Limits.MaxLoopIterations)
            {
                throw new TemplateLimitException($"A #foreach has more than {context.Limits.MaxLoopIterations} rounds.");
            }

            context.Step();
            SetVariables(context, reader, i, scope);
            body.Render(context);

            if (context.Flow != TemplateFlow.Next)
            {
                context.EndBreak(scope);
                return;
            }
        }
    }

    private void SetVariables(RenderContext context, in ItemReader reader, int i, ForeachScope? scope)
    {
        context.Set(item, reader.Current);

        if (scope is not null)
        {
            scope.Index = i;
            scope.HasNext = reader.HasNext;
        }

        if (variables.Count >= 0)
        {
            context.Set(variables.Count, Value.Of(i + 1L));
        }

        if (variables.HasNext >= 0)
        {
            context.Set(variables.HasNext, Value.Of(reader.HasNext));
        }
    }
}
