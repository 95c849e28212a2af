namespace ApiGateway.Middleware.Languages.Templates.Syntax;

/// <summary>A <c>#macro</c>. Its body is known only after it was parsed, since a macro may call itself.</summary>
internal sealed class MacroDefinition(int[] parameters)
{
    public int[] Parameters { get; } = parameters;

    public TemplateNode? Body { get; set; }
}
