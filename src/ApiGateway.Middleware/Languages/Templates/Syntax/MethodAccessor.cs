using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Languages.Templates.Methods;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>.name(...)</c>.</summary>
internal sealed class MethodAccessor(CallSite site, TemplateExpression[] arguments) : Accessor
{
    /// <summary>The most arguments that are looked at. No method has more, except <c>format</c>.</summary>
    public const int MaxArguments = 8;

    public override Value Get(RenderContext context, Value receiver)
    {
        context.Step();
        if (arguments.Length == 0)
        {
            return ValueMethods.Call(receiver, new(site, default, context));
        }

        var buffer = default(ArgumentBuffer);
        return ValueMethods.Call(receiver, new(site, Evaluate(context, buffer), context));
    }

    public override void Write(RenderContext context, Value receiver)
    {
        if (receiver.Object is not TemplateObject host)
        {
            base.Write(context, receiver);
            return;
        }

        context.Step();
        var buffer = default(ArgumentBuffer);
        var call = new TemplateCall(site, Evaluate(context, buffer), context);
        if (!host.TryWriteCall(call, context.Output))
        {
            ValueWriter.WriteText(host.CallMethod(call), context.Output);
        }
    }

    private ReadOnlySpan<Value> Evaluate(RenderContext context, Span<Value> buffer)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            buffer[i] = arguments[i].Evaluate(context);
        }

        return buffer[..arguments.Length];
    }

    [InlineArray(MaxArguments)]
    private struct ArgumentBuffer
    {
        private Value _first;
    }
}
