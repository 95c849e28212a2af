using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What is told of each step of a route.</summary>
/// <param name="Level">How much.</param>
/// <param name="TellsData">Whether bodies and headers are told.</param>
internal sealed record ExecutionLogPlan(ExecutionLogLevel Level, bool TellsData);
