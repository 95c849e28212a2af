namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#set($x = ...)</c>. Assigns null as well.</summary>
internal sealed class SetNode(ReferenceExpression target, TemplateExpression value) : TemplateNode
{
    public override void Render(RenderContext context) => target.Assign(context, value.Evaluate(context));
}
