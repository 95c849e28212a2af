using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Hosting.Usage;

/// <summary>Usage as the store has it, for the plans of the definition.</summary>
internal sealed class GatewayUsage(SnapshotSource source, IThrottleStore store, TimeProvider time) : IGatewayUsage
{
    public ValueTask<IReadOnlyList<UsageDay>> GetAsync(
        string usagePlanId, string keyId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default)
    {
        CheckDays(from, to);
        return store.ReadUsageAsync(AccountOf(usagePlanId, keyId), from, to, time.GetUtcNow(), cancellationToken);
    }

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<UsageDay>>> GetAsync(
        string usagePlanId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default)
    {
        CheckDays(from, to);
        return ReadAsync(PlanOf(usagePlanId), from, to, cancellationToken);
    }

    public ValueTask SetRemainingAsync(string usagePlanId, string keyId, long remaining, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        var account = AccountOf(usagePlanId, keyId);
        if (account.Quota is null)
        {
            throw new InvalidOperationException($"The usage plan '{usagePlanId}' has no quota that could be extended. Give it a 'Quota'.");
        }

        return store.SetRemainingAsync(account, remaining, time.GetUtcNow(), cancellationToken);
    }

    private static void CheckDays(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to.DayNumber - from.DayNumber, UsageCounter.KeptDays, nameof(to));
    }

    private async ValueTask<IReadOnlyDictionary<string, IReadOnlyList<UsageDay>>> ReadAsync(
        UsagePlanSnapshot plan, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        // All at once: a store behind a network answers them in about the time of one.
        var now = time.GetUtcNow();
        var reads = plan.Accounts.ToDictionary(
            static account => account.Key,
            account => store.ReadUsageAsync(account.Value, from, to, now, cancellationToken).AsTask(), StringComparer.Ordinal);
        var usage = new Dictionary<string, IReadOnlyList<UsageDay>>(StringComparer.Ordinal);
        foreach (var (key, read) in reads)
        {
            usage[key] = await read;
        }

        return usage;
    }

    private UsagePlanSnapshot PlanOf(string usagePlanId)
    {
        ArgumentNullException.ThrowIfNull(usagePlanId);
        return source.Current.UsagePlans.GetValueOrDefault(usagePlanId)
            ?? throw new KeyNotFoundException($"There is no usage plan '{usagePlanId}'.");
    }

    private UsageAccount AccountOf(string usagePlanId, string keyId)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        return PlanOf(usagePlanId).Accounts.GetValueOrDefault(keyId)
            ?? throw new KeyNotFoundException($"The usage plan '{usagePlanId}' has no API key '{keyId}'.");
    }
}
