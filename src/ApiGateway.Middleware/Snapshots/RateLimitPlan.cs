using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>A limit by caller that a method has, be it its own, its stage's or its API's.</summary>
internal sealed class RateLimitPlan
{
    /// <summary>Gets the name that callers are told.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the bucket's numbers. Methods that share the limit have one object.</summary>
    public required ThrottleLimit Limit { get; init; }

    /// <summary>Gets what tells callers apart; empty if they share one bucket.</summary>
    public required LimitKeyPart[] Key { get; init; }

    public LimitCost CostPlace { get; init; }

    /// <summary>Gets the tokens that a request takes, where that is fixed.</summary>
    public int Cost { get; init; } = 1;

    /// <summary>Gets the header that has the cost, or <see langword="null"/>.</summary>
    public string? CostHeader { get; init; }

    public bool IsDryRun { get; init; }

    /// <summary>Gets whether answers tell of the limit.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>Gets whether it is requests under way that count.</summary>
    public bool CountsInFlight => Limit.CountsInFlight;
}
