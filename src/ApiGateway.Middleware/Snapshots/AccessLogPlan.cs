using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What is written of each request to a stage.</summary>
/// <param name="stage">What the log is told of the stage.</param>
/// <param name="parts">The form of a line.</param>
internal sealed class AccessLogPlan(AccessLogStage stage, AccessLogPart[] parts)
{
    public AccessLogStage Stage { get; } = stage;

    public AccessLogPart[] Parts { get; } = parts;

    /// <summary>Gets whether the bytes of the answer have to be counted.</summary>
    public bool CountsBytes { get; } = Array.Exists(parts, static part => part is { IsVariable: true, Text: "responseLength" });
}
