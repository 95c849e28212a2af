namespace ApiGateway.Middleware.Languages.Templates.Parsing;

/// <summary>Leaves the parser at the first error. Never leaves <see cref="TemplateCompiler"/>.</summary>
internal sealed class SyntaxException(int position, string message) : Exception(message)
{
    /// <summary>Gets where in the template the error is.</summary>
    public int Position { get; } = position;
}
