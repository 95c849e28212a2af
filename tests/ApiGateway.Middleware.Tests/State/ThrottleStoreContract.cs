using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Tests.State;

/// <summary>What every store of limits must do, wherever it keeps them. Each test has a store of its own.</summary>
public abstract class ThrottleStoreContract
{
    private static readonly DateOnly Today = new(2026, 1, 2);

    /// <summary>Gets the store.</summary>
    protected abstract IThrottleStore Store { get; }

    /// <summary>Gets the time of the store's clock; it begins on 2026-01-02, a Friday.</summary>
    protected abstract DateTimeOffset Now { get; }

    /// <summary>Moves the store's clock.</summary>
    protected abstract Task AdvanceAsync(TimeSpan by);

    [Theory]
    [InlineData(10, 20, 1.0, 10)]
    [InlineData(10, 20, 100.0, 20)]
    [InlineData(0.5, 1, 1.9, 0)]
    [InlineData(0.5, 1, 2.0, 1)]
    [InlineData(2.5, 10, 2.0, 5)]
    [InlineData(0, 5, 1e6, 0)]
    public async Task TryEnter_EmptiedAndLeftAlone_RegainsRateTimesTime(double rate, int burst, double seconds, int expected)
    {
        var limit = new ThrottleLimit("a", rate, burst);
        Assert.Equal(burst, await CountAsync(burst + 3, limit));

        await AdvanceAsync(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, await CountAsync(burst + 3, limit));
    }

    [Fact]
    public async Task TryEnter_ExampleOfTheGuide_TwoBatches100MillisecondsApart_Serves1000OfTheSecond()
    {
        var limit = new ThrottleLimit("a", 10_000, 5_000);

        Assert.Equal(5_000, await CountAsync(5_000, limit));
        await AdvanceAsync(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1_000, await CountAsync(1_500, limit));
    }

    [Fact]
    public async Task TryEnter_NothingToAsk_LetsIn() =>
        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(new ThrottleRequest { ReceivedAt = Now }));

    [Fact]
    public async Task TryEnter_LevelsInOrder_TheFirstThatIsEmptyRefuses_AndNoOtherLosesAnything()
    {
        ThrottleLimit[] limits = [new("a", 0, 6), new("b", 0, 5), new("c", 0, 4)];
        Assert.Equal(4, await CountAsync(4, limits));

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ThrottleResult.Throttled(2), await Store.TryEnterAsync(Request(limits)));
        }

        Assert.Equal(1, await CountAsync(5, limits[1]));
        Assert.Equal(ThrottleResult.Throttled(1), await Store.TryEnterAsync(Request(limits)));
        Assert.Equal(2, await CountAsync(5, limits[0]));
        Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limits)));
    }

    [Fact]
    public async Task TryEnter_Costs_AreTakenAsAWhole()
    {
        var limit = new ThrottleLimit("a", 0, 10);

        Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limit, cost: 11)));
        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, cost: 7)));
        Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limit, cost: 4)));
        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, cost: 3)));
        Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limit)));
        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, cost: 0)));
    }

    [Fact]
    public async Task TryEnter_Levels_TellWhatRemains()
    {
        var (a, b) = (new ThrottleLimit("a", 1, 10), new ThrottleLimit("b", 1, 2));

        var request = Request([a, b]);
        await Store.TryEnterAsync(request);
        Assert.Equal((9, 1), (request.Levels[0].Remaining, request.Levels[1].Remaining));
        Assert.Equal(TimeSpan.FromSeconds(1), request.Levels[1].FullAfter);

        await Store.TryEnterAsync(Request([b]));
        request = Request([a, b]);
        Assert.Equal(ThrottleResult.Throttled(1), await Store.TryEnterAsync(request));
        Assert.Equal((9, 0), (request.Levels[0].Remaining, request.Levels[1].Remaining));
        Assert.Equal((false, true), (request.Levels[0].IsExceeded, request.Levels[1].IsExceeded));
        Assert.Equal(TimeSpan.FromSeconds(1), request.Levels[1].RetryAfter);
    }

    [Fact]
    public async Task TryEnter_DryRun_TellsAndLetsIn()
    {
        var (dry, other) = (new ThrottleLimit("a", 1, 2), new ThrottleLimit("b", 1, 5));
        var exceeded = 0;

        for (var i = 0; i < 4; i++)
        {
            var request = new ThrottleRequest { ReceivedAt = Now };
            request.Add(dry, isDryRun: true);
            request.Add(other);
            Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(request));
            exceeded += request.Levels[0].IsExceeded ? 1 : 0;
        }

        Assert.Equal(2, exceeded);
        Assert.Equal(1, await CountAsync(5, other));
        await AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(2, await CountAsync(5, dry));
    }

    [Fact]
    public async Task TryEnter_RefusedBehindADryRun_TakesNothingFromIt()
    {
        var (dry, other) = (new ThrottleLimit("a", 0, 2), new ThrottleLimit("b", 0, 0));
        var request = new ThrottleRequest { ReceivedAt = Now };
        request.Add(dry, isDryRun: true);
        request.Add(other);

        Assert.Equal(ThrottleResult.Throttled(1), await Store.TryEnterAsync(request));

        Assert.Equal(2, await CountAsync(5, dry));
    }

    [Fact]
    public async Task Charge_MoreThanThereIs_MakesADebt()
    {
        var limit = new ThrottleLimit("a", 1, 5);

        await Store.ChargeAsync(Request(limit, cost: 8));

        Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limit, cost: 0)));
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, cost: 0)));
        Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limit)));
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await CountAsync(3, limit));
    }

    [Fact]
    public async Task Charge_BelowZero_GivesBack_UpToAFullBucket()
    {
        var limit = new ThrottleLimit("a", 0, 5);
        await Store.ChargeAsync(Request(limit, cost: 5));

        await Store.ChargeAsync(Request(limit, cost: -2));
        Assert.Equal(2, await CountAsync(5, limit));
        await AdvanceAsync(TimeSpan.FromSeconds(1));

        await Store.ChargeAsync(Request(limit, cost: -100));
        Assert.Equal(5, await CountAsync(10, limit));
    }

    [Theory]
    [InlineData(100, 50, 200, 100)]
    [InlineData(100, 50, 10, 5)]
    [InlineData(100, 0, 10, 0)]
    [InlineData(100, 100, 10, 10)]
    public async Task TryEnter_ChangedBurst_KeepsThePartOfTheWhole(int before, int left, int after, int expected)
    {
        await Store.ChargeAsync(Request(new ThrottleLimit("a", 0, before), cost: before - left));

        Assert.Equal(expected, await CountAsync(300, new ThrottleLimit("a", 0, after)));
    }

    [Fact]
    public async Task TryEnter_ChangedRate_CountsFromNowOn()
    {
        await CountAsync(10, new ThrottleLimit("a", 1, 10));
        await AdvanceAsync(TimeSpan.FromSeconds(3));

        var changed = new ThrottleLimit("a", 2, 10);
        Assert.Equal(3, await CountAsync(10, changed));
        await AdvanceAsync(TimeSpan.FromSeconds(3));
        Assert.Equal(6, await CountAsync(10, changed));
    }

    [Fact]
    public async Task TryEnter_LimitsOfOtherNamesAndPlaces_AreOthers()
    {
        ThrottleLimit[] limits =
        [
            new("1", 0, 1), new("2", 0, 1), new("3", 0, 1) { ApiId = "api", Owner = "stage" }, new("4", 0, 1) { Owner = "plan {1}:", Caller = "key" },
            new("5", 0, 1) { Owner = "plan {1}:", Caller = "key 2" },
        ];

        foreach (var limit in limits)
        {
            Assert.Equal(1, await CountAsync(2, limit));
        }
    }

    [Fact]
    public async Task TryEnter_KeysOfCallers_HaveBucketsOfTheirOwn()
    {
        var limit = new ThrottleLimit("a", 1, 2) { ApiId = "api", Owner = "stage" };

        foreach (var key in new[] { UInt128.One, UInt128.MaxValue, UInt128.Zero })
        {
            Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, key: key)));
            await Store.ChargeAsync(Request(limit, key: key));
            Assert.Equal(ThrottleResult.Throttled(0), await Store.TryEnterAsync(Request(limit, key: key)));
        }

        await AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(ThrottleResult.Allowed, await Store.TryEnterAsync(Request(limit, cost: 2, key: UInt128.One)));
    }

    [Fact]
    public async Task TryEnter_Quota_LetsInWhatItHas_AndRefusalsTakeNoToken()
    {
        var (limit, account) = (new ThrottleLimit("a", 0, 10), Account(4));

        Assert.Equal(4, await CountAsync(4, limit, account));
        Assert.Equal(ThrottleResult.QuotaExceeded, await Store.TryEnterAsync(Request(limit, account: account)));
        Assert.Equal(ThrottleResult.QuotaExceeded, await Store.TryEnterAsync(Request(limit, account: account)));

        Assert.Equal(6, await CountAsync(20, limit));
        Assert.Equal(new UsageDay(Today, 4, 0), Assert.Single(await ReadAsync(account, Today, Today)));
    }

    [Fact]
    public async Task TryEnter_Throttled_IsNotCounted()
    {
        var (limit, account) = (new ThrottleLimit("a", 0, 2), Account(10));

        Assert.Equal(2, await CountAsync(7, limit, account));

        Assert.Equal(new UsageDay(Today, 2, 8), Assert.Single(await ReadAsync(account, Today, Today)));
    }

    [Fact]
    public async Task TryEnter_NoQuota_IsOnlyCounted()
    {
        var account = new UsageAccount("plan", "key", null);

        Assert.Equal(30, await CountAsync(30, null, account));

        Assert.Equal(new UsageDay(Today, 30, null), Assert.Single(await ReadAsync(account, Today, Today.AddDays(5))));
    }

    [Theory]
    [InlineData(QuotaPeriod.Day, 1)]
    [InlineData(QuotaPeriod.Week, 2)]
    [InlineData(QuotaPeriod.Month, 30)]
    public async Task TryEnter_NextPeriod_BeginsAgain_WithoutTheOffset(QuotaPeriod period, int days)
    {
        var account = Account(5, period, offset: 2);
        Assert.Equal(3, await CountAsync(9, null, account));

        if (days > 1)
        {
            await AdvanceAsync(TimeSpan.FromDays(days - 1));
            Assert.Equal(0, await CountAsync(2, null, account));
        }

        await AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(5, await CountAsync(9, null, account));
    }

    [Fact]
    public async Task ReadUsage_DaysWithAndWithoutRequests_AreAllThere()
    {
        var account = Account(10, QuotaPeriod.Week);
        await CountAsync(4, null, account);
        await AdvanceAsync(TimeSpan.FromDays(3));
        await CountAsync(3, null, account);
        await AdvanceAsync(TimeSpan.FromDays(2));
        await CountAsync(1, null, account);

        // 2026-01-04 is a Sunday.
        Assert.Equal(
            [
                new(Today.AddDays(-1), 0, 10), new(Today, 4, 6), new(Today.AddDays(1), 0, 6), new(Today.AddDays(2), 0, 10), new(Today.AddDays(3), 3, 7),
                new(Today.AddDays(4), 0, 7), new(Today.AddDays(5), 1, 6),
            ],
            await ReadAsync(account, Today.AddDays(-1), Today.AddDays(20)));
        Assert.Equal([new UsageDay(Today.AddDays(4), 0, 7)], await ReadAsync(account, Today.AddDays(4), Today.AddDays(4)));
        Assert.Empty(await ReadAsync(account, Today.AddDays(6), Today.AddDays(9)));
    }

    [Fact]
    public async Task ReadUsage_UnknownAccount_IsEmptyDays() =>
        Assert.Equal([new(Today.AddDays(-1), 0, 3), new(Today, 0, 3)], await ReadAsync(Account(3), Today.AddDays(-1), Today));

    [Fact]
    public async Task TryEnter_OtherPeriodLength_CountsItsDaysAgain()
    {
        await CountAsync(4, null, Account(10));
        await AdvanceAsync(TimeSpan.FromDays(1));
        await CountAsync(3, null, Account(10));

        Assert.Equal(93, Assert.Single(await ReadAsync(Account(100, QuotaPeriod.Week), Today.AddDays(1), Today.AddDays(1))).Remaining);
        Assert.Equal(2, await CountAsync(9, null, Account(9, QuotaPeriod.Week)));
    }

    [Fact]
    public async Task SetRemaining_ExhaustedOrNot_IsWhatIsLeft_UntilThePeriodEnds()
    {
        var account = Account(3);
        Assert.Equal(3, await CountAsync(5, null, account));

        await Store.SetRemainingAsync(account, 2, Now);
        Assert.Equal(2, Assert.Single(await ReadAsync(account, Today, Today)).Remaining);
        Assert.Equal(2, await CountAsync(5, null, account));
        await Store.SetRemainingAsync(account, 7, Now);
        await Store.SetRemainingAsync(account, 0, Now);
        Assert.Equal(0, await CountAsync(5, null, account));

        await AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(3, await CountAsync(5, null, account));
    }

    [Fact]
    public async Task TryEnter_InParallel_AdmitsWhatTheSmallestLevelHas_AndTheOthersLoseNoMore()
    {
        ThrottleLimit[] limits = [new("a", 0, 300), new("b", 0, 200), new("c", 0, 100)];
        var account = Account(90);
        var allowed = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var result = await Store.TryEnterAsync(Request(limits, account));
                Interlocked.Add(ref allowed, result.Decision == ThrottleDecision.Allowed ? 1 : 0);
            }
        })));

        Assert.Equal(90, allowed);
        Assert.Equal((210, 110, 10), (await CountAsync(400, limits[0]), await CountAsync(400, limits[1]), await CountAsync(400, limits[2])));
        Assert.Equal(90, Assert.Single(await ReadAsync(account, Today, Today)).Used);
    }

    /// <summary>Makes a request for one token of each limit.</summary>
    protected ThrottleRequest Request(ThrottleLimit[] limits, UsageAccount? account = null)
    {
        var request = new ThrottleRequest { ReceivedAt = Now, Account = account };
        foreach (var limit in limits)
        {
            request.Add(limit);
        }

        return request;
    }

    protected ThrottleRequest Request(ThrottleLimit? limit, int cost = 1, UsageAccount? account = null, UInt128 key = default)
    {
        var request = new ThrottleRequest { ReceivedAt = Now, Account = account };
        if (limit is not null)
        {
            request.Add(limit, key, cost);
        }

        return request;
    }

    protected async Task<int> CountAsync(int times, params ThrottleLimit[] limits)
    {
        var allowed = 0;
        for (var i = 0; i < times; i++)
        {
            allowed += (await Store.TryEnterAsync(Request(limits))).Decision == ThrottleDecision.Allowed ? 1 : 0;
        }

        return allowed;
    }

    protected async Task<int> CountAsync(int times, ThrottleLimit? limit, UsageAccount? account)
    {
        var allowed = 0;
        for (var i = 0; i < times; i++)
        {
            allowed += (await Store.TryEnterAsync(Request(limit, account: account))).Decision == ThrottleDecision.Allowed ? 1 : 0;
        }

        return allowed;
    }

    private static UsageAccount Account(long limit, QuotaPeriod period = QuotaPeriod.Day, long offset = 0) =>
        new("plan", "key", new QuotaLimit(limit, period, offset));

    private async Task<IReadOnlyList<UsageDay>> ReadAsync(UsageAccount account, DateOnly from, DateOnly to) =>
        await Store.ReadUsageAsync(account, from, to, Now);
}
