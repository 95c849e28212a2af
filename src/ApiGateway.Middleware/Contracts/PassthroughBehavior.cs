namespace ApiGateway.Middleware.Contracts;

/// <summary>What happens to a request body that no template takes; <c>PassthroughBehavior</c> of an integration.</summary>
public enum PassthroughBehavior
{
    /// <summary><c>WHEN_NO_MATCH</c>: it passes unchanged. The default.</summary>
    WhenNoMatch,

    /// <summary><c>WHEN_NO_TEMPLATES</c>: it passes only if there are no templates at all; else 415.</summary>
    WhenNoTemplates,

    /// <summary><c>NEVER</c>: 415.</summary>
    Never,
}
