using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>Counts the requests of one key in one plan: by day, and against the quota of the current period.</summary>
/// <remarks>
/// Days and periods begin with the first request in them. A clock that goes back does not open a past day again. Another period
/// length counts again what the days since its beginning have used, as far as they are kept.
/// </remarks>
internal sealed class UsageCounter(UsageCounters owner)
{
    /// <summary>How many days are kept; more than any period has.</summary>
    public const int KeptDays = 93;

    private readonly Lock _gate = new();
    private readonly List<UsageDayCount> _days = [];
    private UsageWindow? _window;
    private volatile bool _isRemoved;

    public UsageCounters Owner => owner;

    /// <summary>Gets or sets whether the owner has given the counter up.</summary>
    public bool IsRemoved
    {
        get => _isRemoved;
        set => _isRemoved = value;
    }

    /// <summary>Gets the day of the last request; that of a counter which is about to get its first is far away.</summary>
    public int LastDay => Volatile.Read(ref _window)?.Day ?? int.MaxValue;

    public bool TryCount(QuotaLimit? quota, long utcTicks)
    {
        while (true)
        {
            switch (WindowOf(quota, QuotaPeriods.DayOf(utcTicks)).TryCount(quota))
            {
                case UsageResult.Counted:
                    return true;
                case UsageResult.Exceeded:
                    return false;
            }
        }
    }

    /// <summary>Gives the current period another number of requests that are left.</summary>
    public void SetRemaining(QuotaLimit quota, long remaining, long utcTicks)
    {
        lock (_gate)
        {
            var window = WindowOf(quota, QuotaPeriods.DayOf(utcTicks));
            window.Extension = remaining - (window.LimitOf(quota) - window.UsedInPeriod);
        }
    }

    /// <summary>Reads days up to today.</summary>
    public UsageDayCount[] Read(QuotaLimit? quota, int from, int to, long utcTicks)
    {
        lock (_gate)
        {
            var window = WindowOf(quota, QuotaPeriods.DayOf(utcTicks));
            var last = Math.Min(to, window.Day);
            if (last < from)
            {
                return [];
            }

            var result = new UsageDayCount[last - from + 1];
            UsageDayCount? before = null;
            foreach (var day in _days)
            {
                before = day.Day < from ? day : before;
            }

            for (var day = from; day <= last; day++)
            {
                result[day - from] = day == window.Day
                    ? new UsageDayCount(day, window.Used, quota is null ? null : window.RemainingOf(quota, window.Used))
                    : Find(day) ?? Idle(quota, day, before);
                before = result[day - from];
            }

            return result;
        }
    }

    private UsageDayCount? Find(int day)
    {
        foreach (var kept in _days)
        {
            if (kept.Day == day)
            {
                return kept;
            }
        }

        return null;
    }

    // A day without a request has what the day before left, or a whole period.
    private static UsageDayCount Idle(QuotaLimit? quota, int day, UsageDayCount? before)
    {
        if (quota is null)
        {
            return new UsageDayCount(day, 0, null);
        }

        var isSamePeriod = before is { } last && last.Day >= QuotaPeriods.StartOf(quota.Period, day);
        return new UsageDayCount(day, 0, isSamePeriod && before!.Value.Remaining is { } remaining ? remaining : quota.Limit);
    }

    private UsageWindow WindowOf(QuotaLimit? quota, int day)
    {
        var window = Volatile.Read(ref _window);
        return window is not null && day <= window.Day && window.Period == quota?.Period ? window : Roll(quota, day);
    }

    private UsageWindow Roll(QuotaLimit? quota, int day)
    {
        lock (_gate)
        {
            var old = _window;
            if (old is not null && day <= old.Day && old.Period == quota?.Period)
            {
                return old;
            }

            day = Math.Max(day, old?.Day ?? day);
            var start = quota is null ? day : QuotaPeriods.StartOf(quota.Period, day);
            var today = 0L;
            if (old is not null)
            {
                var used = old.Close();
                var remaining = quota is not null && old.Period == quota.Period ? old.RemainingOf(quota, used) : (long?)null;
                if (old.Day == day)
                {
                    today = used;
                }
                else
                {
                    Keep(new UsageDayCount(old.Day, used, remaining), day);
                }
            }

            var isSamePeriod = old is not null && old.Period == quota?.Period && old.PeriodStart == start;
            var window = new UsageWindow(
                day, quota?.Period, start, old is null || (old.IsFirstPeriod && start <= old.PeriodStart), UsedSince(start), today,
                isSamePeriod ? old!.Extension : 0);
            Volatile.Write(ref _window, window);
            return window;
        }
    }

    private void Keep(UsageDayCount day, int today)
    {
        _days.RemoveAll(kept => kept.Day <= today - KeptDays);
        _days.Add(day);
    }

    private long UsedSince(int day)
    {
        var used = 0L;
        foreach (var kept in _days)
        {
            used += kept.Day >= day ? kept.Used : 0;
        }

        return used;
    }
}
