namespace ApiGateway.Middleware.Definitions;

/// <summary>Collects everything that is wrong with a definition, so that all of it is told at once.</summary>
public sealed class DefinitionErrors
{
    private readonly List<DefinitionError> _errors = [];
    private readonly List<DefinitionError> _warnings = [];
    private readonly List<DefinitionError> _notes = [];

    /// <summary>Gets what keeps the definition from being used.</summary>
    public IReadOnlyList<DefinitionError> Errors => _errors;

    /// <summary>Gets what works, but most likely not as meant.</summary>
    public IReadOnlyList<DefinitionError> Warnings => _warnings;

    /// <summary>Gets what is right, but has no effect, such as parts of a document that its kind of API does not have.</summary>
    public IReadOnlyList<DefinitionError> Notes => _notes;

    /// <summary>Adds something that keeps the definition from being used.</summary>
    /// <param name="origin">Where it was written.</param>
    /// <param name="message">What is wrong, what was found, and the cure.</param>
    public void Add(DefinitionOrigin origin, string message) => _errors.Add(new DefinitionError(origin, message));

    /// <summary>Adds something that works, but most likely not as meant.</summary>
    /// <param name="origin">Where it was written.</param>
    /// <param name="message">What is doubtful, and the cure.</param>
    public void Warn(DefinitionOrigin origin, string message) => _warnings.Add(new DefinitionError(origin, message));

    /// <summary>Adds something that is right, but has no effect.</summary>
    /// <param name="origin">Where it was written.</param>
    /// <param name="message">What has no effect, and why.</param>
    public void Note(DefinitionOrigin origin, string message) => _notes.Add(new DefinitionError(origin, message));
}
