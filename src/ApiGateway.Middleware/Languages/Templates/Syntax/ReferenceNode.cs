namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A reference within text: prints its value, and nothing for null.</summary>
internal sealed class ReferenceNode(ReferenceExpression reference) : TemplateNode
{
    public override void Render(RenderContext context) => reference.Write(context);
}
