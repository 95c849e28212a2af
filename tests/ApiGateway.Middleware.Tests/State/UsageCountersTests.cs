using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

public sealed class UsageCountersTests
{
    // A Friday.
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly UsageCounters _sut = new();

    [Theory]
    [InlineData(QuotaPeriod.Day, "2026-01-02T23:59:59Z", "2026-01-03T00:00:00Z")]
    [InlineData(QuotaPeriod.Week, "2026-01-03T23:59:59Z", "2026-01-04T00:00:00Z")]
    [InlineData(QuotaPeriod.Month, "2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z")]
    public void TryCount_Period_EndsAtMidnightOfUtc(QuotaPeriod period, string last, string next)
    {
        var account = Account(3, period);

        Assert.Equal(3, Count(account, Start, 5));
        Assert.Equal(0, Count(account, At(last), 2));
        Assert.Equal(3, Count(account, At(next), 5));
    }

    [Fact]
    public void TryCount_Offset_IsOfTheFirstPeriodAlone()
    {
        var account = Account(5, QuotaPeriod.Day, offset: 2);

        Assert.Equal(3, Count(account, Start, 9));
        Assert.Equal(5, Count(account, Start.AddDays(1), 9));
        Assert.Equal(5, Count(account, Start.AddDays(2), 9));
    }

    [Fact]
    public void TryCount_OffsetOfAMonth_HoldsOnLaterDaysOfIt()
    {
        var account = Account(5, QuotaPeriod.Month, offset: 2);

        Assert.Equal(2, Count(account, Start, 2));
        Assert.Equal(1, Count(account, Start.AddDays(9), 9));
        Assert.Equal(5, Count(account, Start.AddMonths(1), 9));
    }

    [Fact]
    public void TryCount_Keys_CountApart()
    {
        Assert.Equal(3, Count(Account(3, QuotaPeriod.Day, key: "a"), Start, 5));
        Assert.Equal(3, Count(Account(3, QuotaPeriod.Day, key: "b"), Start, 5));
        Assert.Equal(3, Count(Account(3, QuotaPeriod.Day, plan: "other", key: "a"), Start, 5));
        Assert.Equal(0, Count(Account(3, QuotaPeriod.Day, key: "a"), Start, 5));
    }

    [Fact]
    public void TryCount_ClockGoesBack_OpensNoPastPeriod()
    {
        var account = Account(3, QuotaPeriod.Day);
        Count(account, Start, 3);

        Assert.Equal(0, Count(account, Start.AddDays(-1), 2));
    }

    [Fact]
    public void TryCount_ChangedLimit_KeepsWhatIsUsed()
    {
        Count(Account(5, QuotaPeriod.Day), Start, 4);

        Assert.Equal(6, Count(Account(10, QuotaPeriod.Day), Start, 20));
        Assert.Equal(0, Count(Account(3, QuotaPeriod.Day), Start, 1));
    }

    [Fact]
    public void TryCount_ChangedPeriod_CountsItsDaysAgain()
    {
        Count(Account(5, QuotaPeriod.Day), Start, 4);
        Count(Account(5, QuotaPeriod.Day), Start.AddDays(1), 3);

        Assert.Equal(13, Count(Account(20, QuotaPeriod.Month), Start.AddDays(1), 99));
        Assert.Equal(0, Count(Account(5, QuotaPeriod.Day), Start.AddDays(1), 1));
    }

    [Fact]
    public void TryCount_NoQuota_Counts()
    {
        var account = new UsageAccount("plan", "key", null);

        Assert.Equal(7, Count(account, Start, 7));
        Assert.Equal([(Day(Start), 7, null)], Read(account, Start, Start, Start));
    }

    [Fact]
    public void TryCount_Parallel_CountsExactly()
    {
        var account = Account(5_000, QuotaPeriod.Month);
        var counted = 0;
        var workers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                // Days begin in between.
                if (_sut.TryCount(account, Start.AddHours(i / 20)))
                {
                    Interlocked.Increment(ref counted);
                }
            }
        })).ToList();

        workers.ForEach(static worker => worker.Start());
        workers.ForEach(static worker => worker.Join());

        Assert.Equal(5_000, counted);
        Assert.Equal(5_000, Read(account, Start, Start.AddDays(9), Start.AddDays(9)).Sum(static day => day.Used));
    }

    [Fact]
    public void Read_Days_HaveWhatWasUsedAndWhatWasLeft()
    {
        var account = Account(10, QuotaPeriod.Week);
        Count(account, Start, 4);
        Count(account, Start.AddDays(1), 1);
        Count(account, Start.AddDays(3), 2);

        // Sunday begins a week.
        Assert.Equal(
            [(Day(Start) - 1, 0, 10), (Day(Start), 4, 6), (Day(Start) + 1, 1, 5), (Day(Start) + 2, 0, 10), (Day(Start) + 3, 2, 8)],
            Read(account, Start.AddDays(-1), Start.AddDays(30), Start.AddDays(3)));
    }

    [Fact]
    public void Read_IdleDays_HaveWhatTheDayBeforeLeft()
    {
        var account = Account(10, QuotaPeriod.Month);
        Count(account, Start, 4);
        Count(account, Start.AddDays(3), 1);

        Assert.Equal(
            [(Day(Start) + 1, 0, 6), (Day(Start) + 2, 0, 6), (Day(Start) + 3, 1, 5)],
            Read(account, Start.AddDays(1), Start.AddDays(3), Start.AddDays(3)));
    }

    [Fact]
    public void Read_OldDays_AreForgotten()
    {
        var account = Account(10, QuotaPeriod.Day);
        for (var day = 0; day <= 200; day++)
        {
            Count(account, Start.AddDays(day), 1);
        }

        var days = Read(account, Start.AddDays(100), Start.AddDays(200), Start.AddDays(200));

        Assert.Equal(UsageCounter.KeptDays, days.Count(static day => day.Used == 1));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public void SetRemaining_InForce_UntilThePeriodEnds(int remaining)
    {
        var account = Account(5, QuotaPeriod.Day);
        Count(account, Start, 9);

        _sut.SetRemaining(account, remaining, Start);

        Assert.Equal(remaining, Count(account, Start, 99));
        Assert.Equal(5, Count(account, Start.AddDays(1), 99));
    }

    [Fact]
    public void SetRemaining_OfAMonth_HoldsOnLaterDaysOfIt()
    {
        var account = Account(5, QuotaPeriod.Month);
        Count(account, Start, 9);
        _sut.SetRemaining(account, 4, Start);

        Assert.Equal(1, Count(account, Start, 1));
        Assert.Equal(3, Count(account, Start.AddDays(1), 99));
    }

    [Fact]
    public void TryCount_MillionsOfRemovedKeys_Go()
    {
        const int Keys = 1_000_000;

        for (var i = 0; i < Keys; i++)
        {
            _sut.TryCount(Account(5, QuotaPeriod.Day, key: $"key {i}"), Start.AddDays(i / 10));
        }

        Assert.InRange(_sut.Count, 1, 2_048);
    }

    private static UsageAccount Account(long limit, QuotaPeriod period, long offset = 0, string plan = "plan", string key = "key") =>
        new(plan, key, new QuotaLimit(limit, period, offset));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static int Day(DateTimeOffset time) => QuotaPeriods.DayOf(time.UtcTicks);

    private int Count(UsageAccount account, DateTimeOffset now, int times)
    {
        var counted = 0;
        for (var i = 0; i < times; i++)
        {
            counted += _sut.TryCount(account, now) ? 1 : 0;
        }

        return counted;
    }

    private List<(int Day, long Used, long? Remaining)> Read(UsageAccount account, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now) =>
        [.. _sut.Read(account, Day(from), Day(to), now).Select(static day => (day.Day, day.Used, day.Remaining))];
}
