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

        if (context.Flow == TemplateFlow.Break && context.BreakTarget is null)
        {
            context.Flow = TemplateFlow.Next;
        }
    }

    public string RenderText(RenderContext context)
    {
        var text = context.RenderText(body);
        if (context.Flow == TemplateFlow.Break && context.BreakTarget is null)
        {
            context.Flow = TemplateFlow.Next;
        }

        return text;
    }
}
