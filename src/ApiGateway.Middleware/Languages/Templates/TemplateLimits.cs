namespace ApiGateway.Middleware.Languages.Templates;

/// <summary>How much a template may use. A template comes from an API's owner, but what it works on comes from callers.</summary>
internal sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Gets the largest template, in bytes of UTF-8.</summary>
    public int MaxTemplateBytes { get; init; } = 300 * 1024;

    /// <summary>Gets the most rounds of one <c>#foreach</c>.</summary>
    public int MaxLoopIterations { get; init; } = 1000;

    /// <summary>Gets the deepest nesting of loops, and of calls of macros and defined blocks.</summary>
    public int MaxNesting { get; init; } = 20;

    public int MaxOutputBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Gets the longest text that a template may make, in characters.</summary>
    public int MaxTextLength { get; init; } = 10 * 1024 * 1024;

    public int MaxRangeSize { get; init; } = 10_000;

    /// <summary>Gets the most steps of one rendering. Long texts and large collections count as several steps.</summary>
    public int MaxSteps { get; init; } = 5_000_000;

    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromSeconds(2);

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
