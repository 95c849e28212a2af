namespace ApiGateway.Middleware.Languages.Schemas;

/// <summary>Bounds of a schema and of the bodies it judges. What passes a bound is refused, never an exception.</summary>
internal sealed record SchemaLimits
{
    /// <summary>The default of every bound.</summary>
    public static SchemaLimits Default { get; } = new();

    /// <summary>Gets how deep objects and arrays may nest in a body.</summary>
    /// <value>From 1 to 512. The default is 64.</value>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Gets the largest body, in bytes.</summary>
    public int MaxBodyBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Gets how many tokens a body may have: names, scalars, and two for each object or array.</summary>
    public int MaxTokens { get; init; } = 100_000;

    /// <summary>Gets how many bytes of a body may be read again for alternatives, conditions and the like.</summary>
    /// <remarks>Alternatives inside alternatives multiply; this bound makes the work of a hostile body finite.</remarks>
    public long MaxReplayBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Gets the longest regular expression, in UTF-16 units.</summary>
    public int MaxPatternLength { get; init; } = 1024;

    /// <summary>Gets how long one match may take where the expression needs backtracking.</summary>
    public TimeSpan PatternTimeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Gets the largest schema document, in bytes.</summary>
    public int MaxSchemaBytes { get; init; } = 6 * 1024 * 1024;

    /// <summary>Gets how many nodes a compiled schema may have.</summary>
    public int MaxNodes { get; init; } = 100_000;

    /// <summary>Gets how many messages an explanation has at most.</summary>
    public int MaxMessages { get; init; } = 100;
}
