namespace ApiGateway.Middleware.Snapshots;

/// <summary>The parts of an event of format 1.0 that do not change from request to request: UTF-8 JSON, ready to copy.</summary>
internal sealed class LambdaEventPlan
{
    /// <summary>Gets the start, up to the value of <c>path</c>.</summary>
    public required byte[] Start { get; init; }

    /// <summary>Gets the stage variables as an object, or <c>null</c>.</summary>
    public required byte[] StageVariables { get; init; }

    /// <summary>Gets the start of <c>requestContext</c>, up to the value of <c>httpMethod</c>.</summary>
    public required byte[] ContextStart { get; init; }

    /// <summary>Gets what stands in <c>requestContext</c> between the values of <c>path</c> and <c>domainPrefix</c>.</summary>
    public required byte[] ContextMiddle { get; init; }

    /// <summary>Gets the end of <c>requestContext</c>, from <c>deploymentId</c> on.</summary>
    public required byte[] ContextEnd { get; init; }
}
