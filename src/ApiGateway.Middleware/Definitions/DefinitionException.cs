namespace ApiGateway.Middleware.Definitions;

/// <summary>The gateway's definition has errors and there is no earlier one to keep, so the host does not start.</summary>
public sealed class DefinitionException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="DefinitionException"/> class.</summary>
    /// <param name="errors">All errors of the definition.</param>
    public DefinitionException(IReadOnlyList<DefinitionError> errors)
        : base(Describe(errors)) => Errors = errors;

    /// <summary>Gets all errors of the definition.</summary>
    public IReadOnlyList<DefinitionError> Errors { get; }

    private static string Describe(IReadOnlyList<DefinitionError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);

        var count = errors.Count == 1 ? "an error" : $"{errors.Count} errors";
        return $"The gateway's definition has {count}:{Environment.NewLine}  {string.Join($"{Environment.NewLine}  ", errors)}";
    }
}
