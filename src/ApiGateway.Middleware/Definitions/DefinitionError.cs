namespace ApiGateway.Middleware.Definitions;

/// <summary>One thing that is wrong with a definition: where it is, which rule it breaks, and the cure.</summary>
/// <param name="Origin">Where it was written.</param>
/// <param name="Message">What is wrong, what was found, and what to do about it.</param>
public sealed record DefinitionError(DefinitionOrigin Origin, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Origin} {Message}";
}
