namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#break</c>, or <c>#break($foreach.parent)</c>. Outside of loops it ends the macro, the block or the template.</summary>
internal sealed class BreakNode(TemplateExpression? target) : TemplateNode
{
    public override void Render(RenderContext context)
    {
        context.BreakTarget = target?.Evaluate(context).Object as ForeachScope;
        context.Flow = TemplateFlow.Break;
    }
}
