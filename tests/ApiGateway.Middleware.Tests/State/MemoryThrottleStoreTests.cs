using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

/// <summary>Levels with keys beside levels without: all take, or none does.</summary>
public sealed class MemoryThrottleStoreTests
{
    private static readonly ThrottleLimit Shared = new("shared", 1e-9, 1_000);
    private static readonly ThrottleLimit ByTenant = new("tenant", 1e-9, 300);
    private static readonly ThrottleLimit ByUser = new("user", 1e-9, 5);

    private readonly ThrottleBuckets _buckets = new(new ManualTimeProvider());
    private readonly MemoryThrottleStore _sut;

    public MemoryThrottleStoreTests() => _sut = new MemoryThrottleStore(_buckets, new UsageCounters(), maxKeys: 1_000);

    [Fact]
    public void TryEnter_LastLevelRefuses_EarlierOnesKeepWhatTheyHave()
    {
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(i < 5, Enter(1, 1).Decision == ThrottleDecision.Allowed);
        }

        Assert.Equal(995, _buckets.TokensOf(Shared), 3);
        Assert.Equal(ThrottleResult.Throttled(2), Enter(1, 1));
        Assert.Equal(295, Count(_ => Enter(1, 0)));
    }

    [Fact]
    public void TryEnter_InParallel_TakesEverywhereOrNowhere()
    {
        const int Users = 100;
        var allowed = 0;
        var workers = Enumerable.Range(0, 4).Select(worker => new Thread(() =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 20_000; i++)
            {
                if (Enter((UInt128)(1 + random.Next(2)), (UInt128)(1 + random.Next(Users))).Decision == ThrottleDecision.Allowed)
                {
                    Interlocked.Increment(ref allowed);
                }
            }
        })).ToList();

        workers.ForEach(static worker => worker.Start());
        workers.ForEach(static worker => worker.Join());

        // Five each; nobody's refusal has cost anybody anything.
        Assert.Equal(5 * Users, allowed);
        Assert.Equal(1_000 - (5 * Users), _buckets.TokensOf(Shared), 3);
        Assert.Equal(600 - (5 * Users), Count(_ => Enter(1, 0)) + Count(_ => Enter(2, 0)));
    }

    [Fact]
    public void TryEnter_NoRoomForAKey_SharesOneBucketOfItsLimit()
    {
        var random = new Random(7);
        var allowed = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var request = new ThrottleRequest();
            request.Add(ByUser, new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64()));
            allowed += Ended(_sut.TryEnterAsync(request)).Decision == ThrottleDecision.Allowed ? 1 : 0;
        }

        Assert.InRange(allowed, 1_000 + 5, 1_600 + 5);
        Assert.Equal(0, _buckets.TokensOf(ByUser), 3);
    }

    [Fact]
    public void TryEnter_DryRun_TakesButRefusesNobody()
    {
        bool Exceeded()
        {
            var request = new ThrottleRequest();
            request.Add(ByUser, 7, isDryRun: true);
            Assert.Equal(ThrottleResult.Allowed, Ended(_sut.TryEnterAsync(request)));
            return request.Levels[0].IsExceeded;
        }

        Assert.Equal(4, Enumerable.Range(0, 9).Count(_ => Exceeded()));
    }

    [Fact]
    public async Task Charge_Key_ComesIntoDebt()
    {
        var request = new ThrottleRequest();
        request.Add(ByUser, 1, 25);

        await _sut.ChargeAsync(request);

        Assert.Equal(-20, request.Levels[0].Remaining, 3);
        Assert.Equal(ThrottleDecision.Throttled, Enter(1, 1).Decision);
        Assert.Equal(ThrottleDecision.Allowed, Enter(1, 2).Decision);
    }

    private static int Count(Func<int, ThrottleResult> enter) =>
        Enumerable.Range(0, 2_000).Count(i => enter(i).Decision == ThrottleDecision.Allowed);

    private ThrottleResult Enter(UInt128 tenant, UInt128 user)
    {
        var request = new ThrottleRequest();
        request.Add(Shared);
        request.Add(ByTenant, tenant);
        if (user != 0)
        {
            request.Add(ByUser, user);
        }

        return Ended(_sut.TryEnterAsync(request));
    }

    private static ThrottleResult Ended(ValueTask<ThrottleResult> result) =>
        result.IsCompletedSuccessfully ? result.Result : throw new InvalidOperationException("A store in memory does not wait.");
}
