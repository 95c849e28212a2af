namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>Where a template keeps <c>$foreach</c>, <c>$velocityCount</c> and <c>$velocityHasNext</c>; -1 if it never mentions them.</summary>
internal sealed class LoopVariables
{
    public int Foreach { get; set; } = -1;

    public int Count { get; set; } = -1;

    public int HasNext { get; set; } = -1;
}
