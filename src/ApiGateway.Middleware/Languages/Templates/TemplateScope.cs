using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>Supplies the variables that a template does not set itself.</summary>
internal abstract class TemplateScope
{
    /// <summary>Gets a scope without variables.</summary>
    public static TemplateScope Empty { get; } = new EmptyScope();

    /// <summary>Looks a variable up. A rendering asks once at most for each name.</summary>
    /// <param name="name">The name without its dollar sign.</param>
    /// <param name="value">The variable's value.</param>
    public abstract bool TryResolve(string name, out Value value);

    private sealed class EmptyScope : TemplateScope
    {
        public override bool TryResolve(string name, out Value value)
        {
            value = default;
            return false;
        }
    }
}
