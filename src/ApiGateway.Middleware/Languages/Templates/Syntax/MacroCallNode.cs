using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#name(...)</c>, or <c>#@name(...) body #end</c>. Arguments are evaluated once, before the call.</summary>
internal sealed class MacroCallNode(TemplateExpression[] arguments, int bodySlot, TemplateNode? body, byte[] literal) : TemplateNode
{
    private readonly DefinedBlock? _body = body is null ? null : new(body);

    /// <summary>Gets or sets the macro, once all are known. A call of an unknown macro is literal text.</summary>
    public MacroDefinition? Macro { get; set; }

    public override void Render(RenderContext context)
    {
        if (Macro?.Body is not { } macroBody)
        {
            context.Output.Write(literal);
            return;
        }

        context.Enter();
        var parameters = Macro.Parameters;
        var count = Math.Min(arguments.Length, parameters.Length);
        var values = count == 0 ? [] : new Value[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = arguments[i].Evaluate(context);
        }

        var before = count == 0 ? [] : new RenderContext.Variable[count];
        for (var i = 0; i < count; i++)
        {
            before[i] = context.Replace(parameters[i], values[i]);
        }

        var bodyBefore = _body is null ? default : context.Replace(bodySlot, Value.Of(_body));

        if (context.Flow == TemplateFlow.Next)
        {
            macroBody.Render(context);
        }

        if (_body is not null)
        {
            context.Restore(bodySlot, bodyBefore);
        }

        for (var i = count - 1; i >= 0; i--)
        {
            context.Restore(parameters[i], before[i]);
        }

        context.Leave();
        context.EndBreak();
    }
}
