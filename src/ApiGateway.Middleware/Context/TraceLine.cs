namespace ApiGateway.Middleware.Context;

/// <summary>A line of an execution log.</summary>
/// <param name="At">When it was written, in UTC.</param>
/// <param name="Text">The line, without a prefix.</param>
internal readonly record struct TraceLine(DateTimeOffset At, string Text);
