using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The limits of a method that all callers share; those of a key come from the key.</summary>
internal sealed class ThrottlingPlan(ThrottleLimit? method, ThrottleLimit? account)
{
    /// <summary>Gets whether requests are counted before anybody asks who calls, not after.</summary>
    public bool IsEarly { get; init; }

    /// <summary>Gets the limit of the method in its stage.</summary>
    public ThrottleLimit? Method { get; } = method;

    /// <summary>Gets the limit of all requests of the gateway.</summary>
    public ThrottleLimit? Account { get; } = account;
}
