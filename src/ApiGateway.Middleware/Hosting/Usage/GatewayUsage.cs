using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Snapshots;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Hosting.Usage;

/// <summary>Usage as this process has counted it.</summary>
internal sealed class GatewayUsage(SnapshotSource source, UsageCounters counters, TimeProvider time) : IGatewayUsage
{
    public ValueTask<IReadOnlyList<UsageDay>> GetAsync(
        string usagePlanId, string keyId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default)
    {
        CheckDays(from, to);
        return new(Read(AccountOf(usagePlanId, keyId), from, to));
    }

    public ValueTask<IReadOnlyDictionary<string, IReadOnlyList<UsageDay>>> GetAsync(
        string usagePlanId, DateOnly from, DateOnly to, CancellationToken cancellationToken = default)
    {
        CheckDays(from, to);
        return new(PlanOf(usagePlanId).Accounts.ToDictionary(
            static account => account.Key, account => (IReadOnlyList<UsageDay>)Read(account.Value, from, to), StringComparer.Ordinal));
    }

    public ValueTask SetRemainingAsync(string usagePlanId, string keyId, long remaining, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(remaining);
        var account = AccountOf(usagePlanId, keyId);
        if (account.Quota is null)
        {
            throw new InvalidOperationException($"The usage plan '{usagePlanId}' has no quota that could be extended. Give it a 'Quota'.");
        }

        counters.SetRemaining(account, remaining, time.GetUtcNow());
        return default;
    }

    private static void CheckDays(DateOnly from, DateOnly to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to.DayNumber - from.DayNumber, UsageCounter.KeptDays, nameof(to));
    }

    private UsageDay[] Read(UsageAccount account, DateOnly from, DateOnly to) => Array.ConvertAll(
        counters.Read(account, from.DayNumber, to.DayNumber, time.GetUtcNow()),
        static day => new UsageDay(DateOnly.FromDayNumber(day.Day), day.Used, day.Remaining));

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
