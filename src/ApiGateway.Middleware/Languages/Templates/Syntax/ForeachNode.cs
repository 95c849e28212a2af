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

        if (collection.List is null && collection.Map is null)
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
        // The body may change the collection, so its size is asked for in each round.
        for (var i = 0; i < Count(collection); i++)
        {
            if (i >= context.Limits.MaxLoopIterations)
            {
                throw new TemplateLimitException($"A #foreach has more than {context.Limits.MaxLoopIterations} rounds.");
            }

            context.Step();
            SetVariables(context, collection, i, scope);
            body.Render(context);

            if (context.Flow != TemplateFlow.Next)
            {
                context.EndBreak(scope);
                return;
            }
        }
    }

    private void SetVariables(RenderContext context, Value collection, int i, ForeachScope? scope)
    {
        var hasNext = i + 1 < Count(collection);
        context.Set(item, collection.List is { } list ? list[i] : collection.Map!.Entries[i].Value);

        if (scope is not null)
        {
            scope.Index = i;
            scope.HasNext = hasNext;
        }

        if (variables.Count >= 0)
        {
            context.Set(variables.Count, Value.Of(i + 1L));
        }

        if (variables.HasNext >= 0)
        {
            context.Set(variables.HasNext, Value.Of(hasNext));
        }
    }

    private static int Count(Value collection) => collection.List?.Count ?? collection.Map!.Count;
}
