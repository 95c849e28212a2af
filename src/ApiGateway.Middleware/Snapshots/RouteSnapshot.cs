namespace ApiGateway.Middleware.Snapshots;

/// <summary>A method of a resource in one stage, with a plan for each step that has work to do.</summary>
internal sealed class RouteSnapshot
{
    public required StageSnapshot Stage { get; init; }

    /// <summary>Gets the method of the definition: <c>GET</c>, ..., or <c>ANY</c>.</summary>
    public required string HttpMethod { get; init; }

    /// <summary>Gets the resource's path with its variables in braces.</summary>
    public required string ResourcePath { get; init; }

    public required string ResourceId { get; init; }

    /// <summary>Gets <c>GET /orders/{id}</c>; the name in logs, metrics and activities.</summary>
    public required string Key { get; init; }

    /// <summary>Gets the path variables in the order of the path.</summary>
    public required PathVariable[] PathVariables { get; init; }

    /// <summary>Gets who may call, or <see langword="null"/> if everybody may.</summary>
    public AuthorizationPlan? Authorization { get; init; }

    /// <summary>Gets whether the route opens a WebSocket connection, so that requests which ask for none are refused.</summary>
    public bool IsHandshake { get; init; }

    /// <summary>Gets what is particular to messages, or <see langword="null"/> if requests come over HTTP.</summary>
    public MessagePlan? Message { get; init; }

    /// <summary>Gets what is told of each step, or <see langword="null"/>: nothing.</summary>
    public ExecutionLogPlan? ExecutionLog { get; init; }

    /// <summary>Gets which API keys open the method, or <see langword="null"/> if it needs none.</summary>
    public ApiKeyPlan? ApiKey { get; init; }

    /// <summary>Gets the limits that are asked before it is known who calls, or <see langword="null"/> if there are none.</summary>
    public ThrottlingPlan? EarlyThrottling { get; init; }

    /// <summary>Gets how often the method may be called, or <see langword="null"/> if nothing limits or counts it.</summary>
    public ThrottlingPlan? Throttling { get; init; }

    /// <summary>Gets what is validated of requests, or <see langword="null"/> if nothing is.</summary>
    public ValidationPlan? Validation { get; init; }

    /// <summary>Gets how answers are cached, or <see langword="null"/> if none is.</summary>
    public CachePlan? Caching { get; init; }

    public required IntegrationPlan Integration { get; init; }

    /// <summary>Gets the answer to preflights, for the one method that the gateway adds to a resource on account of <c>Cors</c>.</summary>
    public PreflightPlan? Preflight { get; init; }

    /// <summary>Gets how request and answer change on their way, or <see langword="null"/> if they do not.</summary>
    public TransformationPlan? Transformation { get; init; }

    /// <summary>Gets how single parameters change on their way, or <see langword="null"/> if none does. A route has this or
    /// <see cref="Transformation"/>.</summary>
    public ParameterMappingPlan? Mapping { get; init; }

    public bool HasPathVariables => PathVariables.Length > 0;
}
