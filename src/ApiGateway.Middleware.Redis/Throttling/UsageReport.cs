using System.Buffers.Binary;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Redis.Throttling;

/// <summary>Makes a report of the days that Redis has: those without requests have what the day before left.</summary>
internal static class UsageReport
{
    private const int DayLength = 20;

    /// <summary>Scripts number days from 1970-01-01 on.</summary>
    public static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static UsageDay[] Read(ReadOnlySpan<byte> answer, QuotaLimit? quota, DateOnly from, DateOnly to)
    {
        var today = DayOf(answer);
        var last = today.Day < to ? today.Day : to;
        if (last < from)
        {
            return [];
        }

        var kept = new Dictionary<DateOnly, UsageDay>();
        UsageDay? before = null;
        for (var rest = answer[DayLength..]; rest.Length >= DayLength; rest = rest[DayLength..])
        {
            var day = DayOf(rest);
            kept[day.Day] = day;
            before = day.Day < from ? day : before;
        }

        kept[today.Day] = today;
        var report = new UsageDay[last.DayNumber - from.DayNumber + 1];
        for (var i = 0; i < report.Length; i++)
        {
            var day = from.AddDays(i);
            report[i] = kept.TryGetValue(day, out var used) ? used : Idle(day, before, quota);
            before = report[i];
        }

        return report;
    }

    private static UsageDay DayOf(ReadOnlySpan<byte> answer)
    {
        var left = BinaryPrimitives.ReadDoubleLittleEndian(answer[12..]);
        return new UsageDay(
            DateOnly.FromDayNumber(Epoch + BinaryPrimitives.ReadInt32LittleEndian(answer)),
            (long)BinaryPrimitives.ReadDoubleLittleEndian(answer[4..]),
            left < 0 ? null : (long)left);
    }

    private static UsageDay Idle(DateOnly day, UsageDay? before, QuotaLimit? quota)
    {
        if (quota is null)
        {
            return new UsageDay(day, 0, null);
        }

        var isSamePeriod = before is { } last && last.Day >= StartOf(quota.Period, day);
        return new UsageDay(day, 0, isSamePeriod && before!.Value.Remaining is { } remaining ? remaining : quota.Limit);
    }

    private static DateOnly StartOf(QuotaPeriod period, DateOnly day) => period switch
    {
        QuotaPeriod.Day => day,
        QuotaPeriod.Week => day.AddDays(-(int)day.DayOfWeek),
        _ => new DateOnly(day.Year, day.Month, 1),
    };
}
