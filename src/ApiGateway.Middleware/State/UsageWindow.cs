using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>A day of a key in a plan, and what its quota's period had used before.</summary>
internal sealed class UsageWindow(int day, QuotaPeriod? period, int periodStart, bool isFirstPeriod, long usedBefore, long usedToday, long extension)
{
    private const long Closed = long.MinValue;

    // Of this day. The one word that changes, so that one compare-and-swap counts a request.
    private long _used = usedToday;
    private long _extension = extension;

    public int Day => day;

    public QuotaPeriod? Period => period;

    public int PeriodStart => periodStart;

    public bool IsFirstPeriod => isFirstPeriod;

    public long Used => Interlocked.Read(ref _used);

    public long UsedInPeriod => usedBefore + Used;

    /// <summary>Gets or sets by how many requests the period was extended; negative if it was cut short.</summary>
    public long Extension
    {
        get => Interlocked.Read(ref _extension);
        set => Interlocked.Exchange(ref _extension, value);
    }

    public long LimitOf(QuotaLimit quota) => quota.Limit - (isFirstPeriod ? quota.Offset : 0);

    /// <summary>Gets what the period has left.</summary>
    /// <param name="quota">The quota.</param>
    /// <param name="used">The requests of the day.</param>
    public long RemainingOf(QuotaLimit quota, long used) => Math.Max(0, LimitOf(quota) + Extension - usedBefore - used);

    /// <summary>Counts a request if the quota has one left.</summary>
    public UsageResult TryCount(QuotaLimit? quota)
    {
        var allowed = quota is null ? long.MaxValue : LimitOf(quota) + Extension - usedBefore;
        var used = Interlocked.Read(ref _used);
        while (true)
        {
            if (used == Closed)
            {
                return UsageResult.Closed;
            }

            if (used >= allowed)
            {
                return UsageResult.Exceeded;
            }

            var seen = Interlocked.CompareExchange(ref _used, used + 1, used);
            if (seen == used)
            {
                return UsageResult.Counted;
            }

            used = seen;
        }
    }

    /// <summary>Ends the window, so that nobody counts in it while another takes its place.</summary>
    /// <returns>The requests of the day.</returns>
    public long Close() => Interlocked.Exchange(ref _used, Closed);
}
