using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>The usage of this process, by plan and key. It outlives reloads.</summary>
/// <remarks>
/// There is a counter for each key in a plan that the definition has, so callers cannot make more of them. Those of removed keys go
/// once they have been idle longer than days are kept; a sweep runs whenever their number has doubled since the last one.
/// </remarks>
internal sealed class UsageCounters
{
    private const int FirstSweep = 1024;

    private readonly ConcurrentDictionary<UsageAccount, UsageCounter> _counters = new(UsageAccount.ByName.Instance);
    private int _count;
    private int _nextSweep = FirstSweep;

    /// <summary>Gets the number of counters.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts a request if the account's quota has one left.</summary>
    public bool TryCount(UsageAccount account, DateTimeOffset now) =>
        CounterOf(account, now).TryCount(account.Quota, now.UtcTicks);

    public UsageDayCount[] Read(UsageAccount account, int from, int to, DateTimeOffset now) =>
        CounterOf(account, now).Read(account.Quota, from, to, now.UtcTicks);

    public void SetRemaining(UsageAccount account, long remaining, DateTimeOffset now) =>
        CounterOf(account, now).SetRemaining(account.Quota!, remaining, now.UtcTicks);

    private UsageCounter CounterOf(UsageAccount account, DateTimeOffset now)
    {
        if (account.Memory is UsageCounter known && known.Owner == this && !known.IsRemoved)
        {
            return known;
        }

        if (_counters.TryGetValue(account, out var counter))
        {
            account.Memory = counter;
            return counter;
        }

        counter = new UsageCounter(this);
        if (!_counters.TryAdd(account, counter))
        {
            return CounterOf(account, now);
        }

        if (Interlocked.Increment(ref _count) >= Volatile.Read(ref _nextSweep))
        {
            Volatile.Write(ref _nextSweep, int.MaxValue);
            Sweep(QuotaPeriods.DayOf(now.UtcTicks), counter);
        }

        return counter;
    }

    private void Sweep(int today, UsageCounter newest)
    {
        foreach (var item in _counters)
        {
            if (item.Value != newest && item.Value.LastDay < today - UsageCounter.KeptDays && _counters.TryRemove(item))
            {
                item.Value.IsRemoved = true;
                Interlocked.Decrement(ref _count);
            }
        }

        Volatile.Write(ref _nextSweep, Math.Max(FirstSweep, 2 * Count));
    }
}
