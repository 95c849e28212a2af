namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A part of a template that renders.</summary>
internal abstract class TemplateNode
{
    public abstract void Render(RenderContext context);
}
