using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>$name</c>, followed by any number of properties, indexes and method calls.</summary>
internal sealed class ReferenceExpression(int slot, Accessor[] accessors) : TemplateExpression
{
    /// <summary>Gets the variable's slot.</summary>
    public int Slot { get; } = slot;

    public bool IsVariable => accessors.Length == 0;

    public override Value Evaluate(RenderContext context) => Evaluate(context, accessors.Length);

    /// <summary>Writes the value's text to the output, without a string where that is possible.</summary>
    public void Write(RenderContext context)
    {
        if (accessors.Length == 0)
        {
            var value = context.Get(Slot);
            if (value.Object is DefinedBlock block)
            {
                block.Render(context);
            }
            else
            {
                ValueWriter.WriteText(value, context.Output);
            }

            return;
        }

        var receiver = Evaluate(context, accessors.Length - 1);
        if (!receiver.IsNull)
        {
            accessors[^1].Write(context, receiver);
        }
    }

    public void Assign(RenderContext context, Value value)
    {
        if (accessors.Length == 0)
        {
            context.Set(Slot, value);
            return;
        }

        var receiver = Evaluate(context, accessors.Length - 1);
        if (!receiver.IsNull)
        {
            accessors[^1].Set(context, receiver, value);
        }
    }

    private Value Evaluate(RenderContext context, int count)
    {
        var value = context.Get(Slot);
        if (value.Object is DefinedBlock block)
        {
            value = Value.Of(block.RenderText(context));
        }

        for (var i = 0; i < count && !value.IsNull; i++)
        {
            value = accessors[i].Get(context, value);
        }

        return value;
    }
}
