using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting.Usage;

/// <summary>Reads what API keys have used of their plans, and extends quotas. Resolve it from the application's services.</summary>
/// <remarks>
/// Usage is kept for 93 days, by default in this process's memory: it survives reloads, not restarts. Source: <c>GetUsage</c> and
/// <c>UpdateUsage</c> of the Amazon API Gateway API.
/// </remarks>
public interface IGatewayUsage
{
    /// <summary>Reads the usage of one key.</summary>
    /// <param name="usagePlanId">The plan's id.</param>
    /// <param name="keyId">The key's id.</param>
    /// <param name="from">The first day, in UTC.</param>
    /// <param name="to">The last day; days after today are left out.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>A value for each day, in order, days without requests included.</returns>
    /// <exception cref="KeyNotFoundException">There is no such plan, or it has no such key.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is before <paramref name="from"/>, or more than 93 days after it.</exception>
    /// <exception cref="TimeoutException">The store, if it is not in memory, does not answer.</exception>
    ValueTask<IReadOnlyList<UsageDay>> GetAsync(
        string usagePlanId, string keyId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default);

    /// <summary>Reads the usage of all keys of a plan.</summary>
    /// <param name="usagePlanId">The plan's id.</param>
    /// <param name="from">The first day, in UTC.</param>
    /// <param name="to">The last day; days after today are left out.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>A value for each day, by the ids of the keys.</returns>
    /// <exception cref="KeyNotFoundException">There is no such plan.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="to"/> is before <paramref name="from"/>, or more than 93 days after it.</exception>
    /// <exception cref="TimeoutException">The store, if it is not in memory, does not answer.</exception>
    ValueTask<IReadOnlyDictionary<string, IReadOnlyList<UsageDay>>> GetAsync(
        string usagePlanId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default);

    /// <summary>Sets how many requests a key has left in the current period of its quota. The next period has the quota's limit again.</summary>
    /// <param name="usagePlanId">The plan's id.</param>
    /// <param name="keyId">The key's id.</param>
    /// <param name="remaining">The requests, 0 or more.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>A task that ends when the value is in force.</returns>
    /// <exception cref="KeyNotFoundException">There is no such plan, or it has no such key.</exception>
    /// <exception cref="InvalidOperationException">The plan has no quota.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="remaining"/> is below 0.</exception>
    /// <exception cref="TimeoutException">The store, if it is not in memory, does not answer.</exception>
    ValueTask SetRemainingAsync(string usagePlanId, string keyId, long remaining, CancellationToken cancellationToken = default);
}
