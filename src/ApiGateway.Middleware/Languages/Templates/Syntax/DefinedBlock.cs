using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A block that renders each time its variable is used.</summary>
internal sealed class DefinedBlock(TemplateNode body) : ValueObject
{
    public void Render(RenderContext context)
    {
        context.Enter();
        body.Render(context);
        context.Leave();
        context.EndBreak();
    }

    public string RenderText(RenderContext context)
    {
        var text = context.RenderText(body);
        context.EndBreak();

        return text;
    }
}
