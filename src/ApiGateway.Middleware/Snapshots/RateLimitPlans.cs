namespace ApiGateway.Middleware.Snapshots;

/// <summary>The limits by caller of a method, in the order in which they are asked: the API's, the stage's, its own.</summary>
internal sealed class RateLimitPlans(RateLimitPlan[] limits, string? policy)
{
    public RateLimitPlan[] Limits { get; } = limits;

    /// <summary>Gets the value of <c>RateLimit-Policy</c>, or <see langword="null"/> if answers tell of none of them.</summary>
    public string? Policy { get; } = policy;

    /// <summary>Gets whether there is something to do when a request ends.</summary>
    public bool HasEnd { get; } = Array.Exists(limits, static limit => limit.CountsInFlight || limit.CostPlace == LimitCost.ResponseHeader);
}
