using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Compilation;

/// <summary>Compiles the selection expressions of WebSocket APIs.</summary>
internal static class SelectionCompiler
{
    /// <summary>Compiles an expression; without one, and where it is wrong, it is the text <c>$default</c>.</summary>
    public static SelectionExpression Compile(string? text, SelectionRoots roots, DefinitionOrigin at, DefinitionErrors errors)
    {
        if (text is null)
        {
            return SelectionExpression.Default;
        }

        if (SelectionExpression.TryParse(text, roots, out var expression, out var error))
        {
            return expression;
        }

        errors.Add(at, error);
        return SelectionExpression.Default;
    }
}
