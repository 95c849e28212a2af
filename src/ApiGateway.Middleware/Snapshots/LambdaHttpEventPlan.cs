namespace ApiGateway.Middleware.Snapshots;

/// <summary>The parts of an event of format 2.0 that do not change from request to request: UTF-8 JSON, ready to copy.</summary>
internal sealed class LambdaHttpEventPlan
{
    /// <summary>Gets the start, up to the value of <c>rawPath</c>.</summary>
    public required byte[] Start { get; init; }

    /// <summary>Gets what comes before the path: a slash and the stage, or nothing for <c>$default</c>.</summary>
    public required string PathPrefix { get; init; }

    /// <summary>Gets the member <c>requestContext</c> up to the value of <c>domainName</c>.</summary>
    public required byte[] ContextStart { get; init; }

    /// <summary>Gets the end of <c>requestContext</c> from <c>routeKey</c> to <c>stage</c>.</summary>
    public required byte[] ContextEnd { get; init; }

    /// <summary>Gets the member <c>stageVariables</c>, or nothing.</summary>
    public required byte[] StageVariables { get; init; }
}
