using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>One call of a method.</summary>
internal readonly ref struct TemplateCall
{
    public TemplateCall(CallSite site, ReadOnlySpan<Value> arguments, RenderContext context)
    {
        Site = site;
        Arguments = arguments;
        Rendering = context;
    }

    public CallSite Site { get; }

    public ReadOnlySpan<Value> Arguments { get; }

    public RenderContext Rendering { get; }

    /// <summary>Gets the method's name as the template spells it.</summary>
    public string Name => Site.Name;

    /// <summary>Gets the method, if it is one that values have.</summary>
    public TemplateMethod Method => Site.Method;

    public int Count => Arguments.Length;

    /// <summary>Returns an argument, or null if it was not given.</summary>
    public Value Argument(int index) => index < Arguments.Length ? Arguments[index] : default;

    /// <summary>Returns an argument's text; null is empty.</summary>
    public string Text(int index) => Rendering.TextOf(Argument(index));

    /// <summary>Returns an argument that must be a whole number.</summary>
    public int Position(int index)
    {
        if (!Argument(index).TryGetInteger(out var number))
        {
            throw new TemplateRenderException($"Argument {index + 1} of '{Name}' must be a number, but is '{Shortened(index)}'.");
        }

        return (int)Math.Clamp(number, int.MinValue, int.MaxValue);
    }

    private string Shortened(int index)
    {
        var text = Text(index);
        return text.Length > 40 ? text[..40] + "..." : text;
    }
}
