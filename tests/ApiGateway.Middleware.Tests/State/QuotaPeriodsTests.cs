using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

public sealed class QuotaPeriodsTests
{
    [Theory]
    [InlineData(QuotaPeriod.Day, "2026-03-15", "2026-03-15")]
    [InlineData(QuotaPeriod.Week, "2026-03-15", "2026-03-15")]
    [InlineData(QuotaPeriod.Week, "2026-03-16", "2026-03-15")]
    [InlineData(QuotaPeriod.Week, "2026-03-21", "2026-03-15")]
    [InlineData(QuotaPeriod.Week, "2026-03-22", "2026-03-22")]
    [InlineData(QuotaPeriod.Week, "2026-01-02", "2025-12-28")]
    [InlineData(QuotaPeriod.Month, "2026-03-01", "2026-03-01")]
    [InlineData(QuotaPeriod.Month, "2026-03-31", "2026-03-01")]
    [InlineData(QuotaPeriod.Month, "2028-02-29", "2028-02-01")]
    public void StartOf_Day_IsTheFirstOfItsPeriod(QuotaPeriod period, string day, string start) =>
        Assert.Equal(Parse(start), QuotaPeriods.StartOf(period, Parse(day)));

    [Theory]
    [InlineData("2026-03-15T23:59:59.9999999Z", "2026-03-15")]
    [InlineData("2026-03-16T00:00:00Z", "2026-03-16")]
    [InlineData("2026-03-16T00:30:00+02:00", "2026-03-15")]
    public void DayOf_Moment_IsThatOfUtc(string moment, string day) =>
        Assert.Equal(Parse(day), QuotaPeriods.DayOf(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).UtcTicks));

    private static int Parse(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture).DayNumber;
}
