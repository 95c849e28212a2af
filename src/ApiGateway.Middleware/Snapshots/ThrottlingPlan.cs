using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The limits of a method; those of an API key come from the key.</summary>
internal sealed class ThrottlingPlan(ThrottleLimit? method, ThrottleLimit? account, RateLimitPlans? rateLimits = null)
{
    /// <summary>Gets the limit of the method in its stage.</summary>
    public ThrottleLimit? Method { get; } = method;

    /// <summary>Gets the limit of all requests of the gateway.</summary>
    public ThrottleLimit? Account { get; } = account;

    /// <summary>Gets the limit of all new WebSocket connections of the gateway.</summary>
    public ThrottleLimit? Connections { get; init; }

    /// <summary>Gets the limits by caller, beyond those of the managed service, or <see langword="null"/> if there are none.</summary>
    public RateLimitPlans? RateLimits { get; } = rateLimits;
}
