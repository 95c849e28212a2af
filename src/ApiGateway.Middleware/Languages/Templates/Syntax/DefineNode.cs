using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#define($x)...#end</c>.</summary>
internal sealed class DefineNode(int slot, TemplateNode body) : TemplateNode
{
    private readonly DefinedBlock _block = new(body);

    public override void Render(RenderContext context) => context.Set(slot, Value.Of(_block));
}
