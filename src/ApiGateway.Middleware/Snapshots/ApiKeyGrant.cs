using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>What a key may do in one stage: its usage plan there, with the limits that are the key's own.</summary>
internal sealed class ApiKeyGrant(UsageAccount account, ThrottleLimit? limit, FrozenDictionary<string, ThrottleLimit>? methodLimits)
{
    public string KeyId => Account.KeyId;

    public UsageAccount Account { get; } = account;

    /// <summary>Gets the limit of the key in the plan.</summary>
    public ThrottleLimit? Limit { get; } = limit;

    /// <summary>Gets the limits for single methods by their routes' keys, or <see langword="null"/> if there are none.</summary>
    public FrozenDictionary<string, ThrottleLimit>? MethodLimits { get; } = methodLimits;

    /// <summary>Gets the limit for a method: its own, or else that of the key in the plan.</summary>
    public ThrottleLimit? LimitOf(RouteSnapshot route) =>
        MethodLimits is not null && MethodLimits.TryGetValue(route.Key, out var own) ? own : Limit;
}
