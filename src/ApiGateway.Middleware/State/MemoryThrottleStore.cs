using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>Buckets, quotas and usage in the memory of this process: it survives reloads, not restarts, and every process counts for itself.</summary>
/// <remarks>
/// Everything ends at once, without allocation. Also for stores that need something to go on with while theirs cannot be asked. Buckets
/// with a <see cref="ThrottleLevel.Key"/> are bounded; keys for which there is no room share the bucket of their limit that has none.
/// </remarks>
public sealed class MemoryThrottleStore : IThrottleStore
{
    private readonly ThrottleBuckets _buckets;
    private readonly KeyedBuckets _keyed;
    private readonly UsageCounters _usage;

    /// <summary>Makes an empty store.</summary>
    /// <param name="time">The clock of the buckets.</param>
    public MemoryThrottleStore(TimeProvider time)
        : this(new ThrottleBuckets(time), new UsageCounters())
    {
    }

    internal MemoryThrottleStore(ThrottleBuckets buckets, UsageCounters usage, int maxKeys = KeyedBuckets.DefaultMaxKeys) =>
        (_buckets, _usage, _keyed) = (buckets, usage, new KeyedBuckets(maxKeys));

    /// <inheritdoc/>
    public ValueTask<ThrottleResult> TryEnterAsync(ThrottleRequest request) => new(TryEnter(request));

    /// <inheritdoc/>
    public ValueTask ChargeAsync(ThrottleRequest request)
    {
        Charge(request);
        return default;
    }

    /// <summary>Does what <see cref="TryEnterAsync"/> does.</summary>
    /// <param name="request">The levels and the account.</param>
    /// <returns>Whether the request is let in.</returns>
    public ThrottleResult TryEnter(ThrottleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var levels = request.Levels;
        var now = _buckets.Now;
        for (var i = 0; i < levels.Length; i++)
        {
            ref var level = ref levels[i];
            level.IsExceeded = !TryTake(level, now, out var remaining);
            level.Remaining = remaining;
            if (level.IsExceeded && !level.IsDryRun)
            {
                GiveBack(levels[..i], now);
                return ThrottleResult.Throttled(i);
            }
        }

        if (request.Account is { } account && !_usage.TryCount(account, request.ReceivedAt))
        {
            // Else one caller without quota could use up what others share.
            GiveBack(levels, now);
            return ThrottleResult.QuotaExceeded;
        }

        return ThrottleResult.Allowed;
    }

    /// <summary>Does what <see cref="ChargeAsync"/> does.</summary>
    /// <param name="request">The levels.</param>
    public void Charge(ThrottleRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _buckets.Now;
        foreach (ref var level in request.Levels)
        {
            if (level.Key != default && _keyed.Charge(level.Limit, level.Key, level.Cost, now, out var remaining) != KeyedResult.NoRoom)
            {
                level.Remaining = remaining;
            }
            else
            {
                level.Remaining = _buckets.Charge(level.Limit, level.Cost, now);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<UsageDay>> ReadUsageAsync(
        UsageAccount account, DateOnly from, DateOnly to, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new(Array.ConvertAll(
            _usage.Read(account, from.DayNumber, to.DayNumber, now),
            static day => new UsageDay(DateOnly.FromDayNumber(day.Day), day.Used, day.Remaining)));
    }

    /// <inheritdoc/>
    public ValueTask SetRemainingAsync(
        UsageAccount account, long remaining, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        _usage.SetRemaining(account, remaining, now);
        return default;
    }

    private bool TryTake(in ThrottleLevel level, double now, out double remaining)
    {
        if (level.Key != default
            && _keyed.TryTake(level.Limit, level.Key, level.Cost, now, out remaining) is var result and not KeyedResult.NoRoom)
        {
            return result == KeyedResult.Taken;
        }

        return _buckets.TryTake(level.Limit, level.Cost, now, out remaining);
    }

    private void GiveBack(Span<ThrottleLevel> levels, double now)
    {
        foreach (ref var level in levels)
        {
            if (!level.IsExceeded)
            {
                if (level.Key == default || !_keyed.GiveBack(level.Limit, level.Key, level.Cost, now))
                {
                    _buckets.GiveBack(level.Limit, level.Cost);
                }

                level.Remaining += level.Cost;
            }
        }
    }
}
