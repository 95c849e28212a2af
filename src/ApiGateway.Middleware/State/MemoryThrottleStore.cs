using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>Buckets, quotas and usage in the memory of this process: it survives reloads, not restarts, and every process counts for itself.</summary>
/// <remarks>Everything ends at once, without allocation. Also for stores that need something to go on with while theirs cannot be asked.</remarks>
public sealed class MemoryThrottleStore : IThrottleStore
{
    private readonly ThrottleBuckets _buckets;
    private readonly UsageCounters _usage;

    /// <summary>Makes an empty store.</summary>
    /// <param name="time">The clock of the buckets.</param>
    public MemoryThrottleStore(TimeProvider time)
        : this(new ThrottleBuckets(time), new UsageCounters())
    {
    }

    internal MemoryThrottleStore(ThrottleBuckets buckets, UsageCounters usage) => (_buckets, _usage) = (buckets, usage);

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
            level.IsExceeded = !_buckets.TryTake(level.Limit, level.Cost, now, out var remaining);
            level.Remaining = remaining;
            if (level.IsExceeded && !level.IsDryRun)
            {
                GiveBack(levels[..i]);
                return ThrottleResult.Throttled(i);
            }
        }

        if (request.Account is { } account && !_usage.TryCount(account, request.ReceivedAt))
        {
            // Else one caller without quota could use up what others share.
            GiveBack(levels);
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
            level.Remaining = _buckets.Charge(level.Limit, level.Cost, now);
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

    private void GiveBack(Span<ThrottleLevel> levels)
    {
        foreach (ref var level in levels)
        {
            if (!level.IsExceeded)
            {
                _buckets.GiveBack(level.Limit, level.Cost);
                level.Remaining += level.Cost;
            }
        }
    }
}
