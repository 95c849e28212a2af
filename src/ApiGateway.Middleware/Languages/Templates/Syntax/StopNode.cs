namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#stop</c>: ends the rendering and keeps what was rendered.</summary>
internal sealed class StopNode : TemplateNode
{
    public override void Render(RenderContext context) => context.Flow = TemplateFlow.Stop;
}
