namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary><c>#if</c> with its <c>#elseif</c> and <c>#else</c> branches.</summary>
internal sealed class IfNode(IfNode.Branch[] branches, TemplateNode? otherwise) : TemplateNode
{
    public override void Render(RenderContext context)
    {
        foreach (var branch in branches)
        {
            if (branch.Condition.IsTrue(context))
            {
                branch.Body.Render(context);
                return;
            }
        }

        otherwise?.Render(context);
    }

    internal readonly record struct Branch(TemplateExpression Condition, TemplateNode Body);
}
