using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>One step of a reference after its variable.</summary>
internal abstract class Accessor
{
    /// <summary>Takes the step from a value that is not null.</summary>
    public abstract Value Get(RenderContext context, Value receiver);

    /// <summary>Assigns to the place the step leads to. Does nothing where nothing can be assigned.</summary>
    public virtual void Set(RenderContext context, Value receiver, Value value)
    {
    }

    /// <summary>Writes the text of what the step leads to.</summary>
    public virtual void Write(RenderContext context, Value receiver) =>
        ValueWriter.WriteText(Get(context, receiver), context.Output);
}
