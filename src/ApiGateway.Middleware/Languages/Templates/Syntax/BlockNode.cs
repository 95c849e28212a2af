namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>Parts that render one after another.</summary>
internal sealed class BlockNode(TemplateNode[] nodes) : TemplateNode
{
    public override void Render(RenderContext context)
    {
        foreach (var node in nodes)
        {
            context.Step();
            node.Render(context);

            if (context.Flow != TemplateFlow.Next)
            {
                return;
            }
        }
    }
}
