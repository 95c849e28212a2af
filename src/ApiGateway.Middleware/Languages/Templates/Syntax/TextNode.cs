namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>Literal text, kept as UTF-8.</summary>
internal sealed class TextNode(byte[] text) : TemplateNode
{
    public override void Render(RenderContext context) => context.Output.Write(text);
}
