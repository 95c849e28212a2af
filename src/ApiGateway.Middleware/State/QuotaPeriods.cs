using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>Days and quota periods, as numbers of days since 0001-01-01, a Monday; all in UTC.</summary>
internal static class QuotaPeriods
{
    private const int DaysOfWeek = 7;

    /// <summary>Gets the day of a moment.</summary>
    public static int DayOf(long utcTicks) => (int)(utcTicks / TimeSpan.TicksPerDay);

    /// <summary>Gets the first day of the period that a day is in.</summary>
    public static int StartOf(QuotaPeriod period, int day)
    {
        switch (period)
        {
            case QuotaPeriod.Day:
                return day;
            case QuotaPeriod.Week:
                return day - ((day + 1) % DaysOfWeek);
            default:
                return day - DateOnly.FromDayNumber(day).Day + 1;
        }
    }
}
