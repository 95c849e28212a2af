namespace ApiGateway.Middleware.Snapshots;

/// <summary>The parts that do not change from event to event of a WebSocket API's route: UTF-8 JSON, ready to copy.</summary>
internal sealed class MessageEventPlan
{
    /// <summary>Gets the start of <c>requestContext</c>: the route's key.</summary>
    public required byte[] ContextStart { get; init; }

    /// <summary>Gets what stands in <c>requestContext</c> between the values of <c>requestTime</c> and <c>connectedAt</c>.</summary>
    public required byte[] ContextMiddle { get; init; }

    /// <summary>Gets the end of <c>requestContext</c>, from <c>apiId</c> on.</summary>
    public required byte[] ContextEnd { get; init; }

    /// <summary>Gets the member <c>stageVariables</c> with a comma behind it; nothing if the stage has none.</summary>
    public required byte[] StageVariables { get; init; }

    /// <summary>Gets the stage variables as an authorizer gets them: an object.</summary>
    public required byte[] AuthorizerVariables { get; init; }

    /// <summary>Gets whether the route answers, so that the function's answer has to be of the right form.</summary>
    public bool ReadsAnswer { get; init; }
}
