using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

/// <summary>Buckets by key: exact, bounded, and none that lacks a token gives way.</summary>
public sealed class KeyedBucketsTests
{
    private readonly KeyedBuckets _sut = new();

    [Fact]
    public void TryTake_EachKey_HasABucketOfItsOwn()
    {
        var limit = new ThrottleLimit("a", 10, 3);

        Assert.Equal([3, 3], new UInt128[] { 1, 2 }.Select(key => Taken(limit, key, 9, 0)));
        Assert.Equal(KeyedResult.Empty, _sut.TryTake(limit, 1, 1, 0.0999, out var remaining));
        Assert.Equal(0.999, remaining, 3);
        Assert.Equal(1, Taken(limit, 1, 9, 0.1));
        Assert.Equal(2, Taken(limit, 2, 9, 0.2));
    }

    [Fact]
    public void TryTake_LimitsOfOneKey_HaveBucketsOfTheirOwn() =>
        Assert.Equal([3, 5], new[] { new ThrottleLimit("a", 1, 3), new ThrottleLimit("b", 1, 5) }.Select(limit => Taken(limit, 1, 9, 0)));

    [Fact]
    public void TryTake_Cost_IsTakenWholeOrNotAtAll()
    {
        var limit = new ThrottleLimit("a", 1, 10);

        Assert.Equal(KeyedResult.Taken, _sut.TryTake(limit, 1, 7, 0, out var left));
        Assert.Equal(3, left);
        Assert.Equal(KeyedResult.Empty, _sut.TryTake(limit, 1, 4, 0, out left));
        Assert.Equal(3, left);
        Assert.Equal(KeyedResult.Taken, _sut.TryTake(limit, 1, 4, 1, out left));
        Assert.Equal(0, left);
    }

    [Fact]
    public void Charge_BringsIntoDebt_WhichHasToBePaidFirst()
    {
        var limit = new ThrottleLimit("a", 10, 5);

        Assert.Equal(KeyedResult.Taken, _sut.Charge(limit, 1, 25, 0, out var left));
        Assert.Equal(-20, left);
        Assert.Equal(KeyedResult.Empty, _sut.TryTake(limit, 1, 1, 2, out _));
        Assert.Equal(KeyedResult.Taken, _sut.TryTake(limit, 1, 1, 2.1, out _));
        Assert.Equal(KeyedResult.Taken, _sut.Charge(limit, 1, -3, 2.1, out left));
        Assert.Equal(3, left, 6);
    }

    [Fact]
    public void GiveBack_UndoesATaking_AndNoMore()
    {
        var limit = new ThrottleLimit("a", 1, 3);
        Assert.False(_sut.GiveBack(limit, 1, 1, 0));
        Taken(limit, 1, 3, 0);

        Assert.True(_sut.GiveBack(limit, 1, 2, 0));
        Assert.Equal(2, Taken(limit, 1, 9, 0));
        Assert.True(_sut.GiveBack(limit, 1, 100, 0));
        Assert.Equal(3, Taken(limit, 1, 9, 0));
    }

    [Fact]
    public void TryTake_ChangedLimit_KeepsThePartOfTheWhole()
    {
        Taken(new ThrottleLimit("a", 1, 4), 1, 3, 100);

        Assert.Equal(5, Taken(new ThrottleLimit("a", 2, 20), 1, 9, 100));
        Assert.Equal(0, Taken(new ThrottleLimit("a", 1, 4), 1, 9, 100));
        Assert.Equal(20, Taken(new ThrottleLimit("a", 2, 20), 2, 50, 100));
    }

    [Fact]
    public void TryTake_ChangedLimitOfRequestsUnderWay_KeepsTheirNumber()
    {
        ThrottleLimit Limit(int burst) => new("a", 0, burst) { CountsInFlight = true };
        Taken(Limit(10), 1, 5, 0);

        Assert.Equal(15, Taken(Limit(20), 1, 50, 0));
        Assert.Equal(KeyedResult.Empty, _sut.TryTake(Limit(4), 1, 1, 0, out var left));
        Assert.Equal(-16, left);
        _sut.GiveBack(Limit(4), 1, 17, 0);
        Assert.Equal(1, Taken(Limit(4), 1, 9, 0));
    }

    [Fact]
    public void TryTake_AMillionKeys_AreAllKept_InLessThanAHundredBytesEach()
    {
        const int Keys = 1_000_000;
        var limit = new ThrottleLimit("a", 1e-6, 2);
        var before = GC.GetTotalMemory(true);

        for (var i = 1; i <= Keys; i++)
        {
            Assert.Equal(KeyedResult.Taken, _sut.TryTake(limit, Key(i), 2, 0, out _));
        }

        var perKey = (GC.GetTotalMemory(true) - before) / (double)Keys;
        Assert.True(perKey < 100, $"{perKey} bytes");
        for (var i = 1; i <= Keys; i++)
        {
            Assert.Equal(KeyedResult.Empty, _sut.TryTake(limit, Key(i), 1, 0, out _));
        }

        Assert.Equal(Keys, _sut.CountInUse(0));
    }

    [Fact]
    public void TryTake_TenMillionRandomKeys_PushOutNobody_AndMemoryIsBounded()
    {
        const int Active = 1_000;
        var sut = new KeyedBuckets(100_000);
        var limit = new ThrottleLimit("a", 1.0 / 60, 3);
        var slow = new ThrottleLimit("b", 1.0 / 3600, 1);
        for (var i = 1; i <= Active; i++)
        {
            // Those who have used up what they have, and those who lack one of many.
            sut.TryTake(limit, Key(i), i % 2 == 0 ? 3 : 1, 0, out _);
            sut.TryTake(slow, Key(i), 1, 0, out _);
        }

        // A hundred thousand a second: what they lack is there again after a minute only, so they use up all the room.
        var random = new Random(7);
        var noRoom = 0;
        double now = 0;
        for (var i = 0; i < 10_000_000; i++)
        {
            now = i / 100_000.0 / 2;
            noRoom += sut.TryTake(limit, RandomKey(random), 1, now, out _) == KeyedResult.NoRoom ? 1 : 0;
        }

        Assert.True(noRoom > 1_000_000, "The attack was too weak to tell anything.");
        Assert.True(sut.Slots <= 100_000 * 1.6 + 8, $"{sut.Slots} slots");
        for (var i = 1; i <= Active; i++)
        {
            Assert.Equal(KeyedResult.Empty, sut.TryTake(slow, Key(i), 1, now, out _));
            Assert.Equal(KeyedResult.Empty, sut.TryTake(limit, Key(i), 3, 20, out var left));
            Assert.Equal((i % 2 == 0 ? 0 : 2) + (20.0 / 60), left, 3);
        }
    }

    [Fact]
    public void TryTake_FullTable_HasRoomAgainWhenBucketsAreFull()
    {
        var sut = new KeyedBuckets(1_000);
        var limit = new ThrottleLimit("a", 1, 1);
        var random = new Random(7);
        Assert.Contains(KeyedResult.NoRoom, Enumerable.Range(0, 3_000).Select(i => sut.TryTake(limit, RandomKey(random), 1, 0, out _)).ToList());

        Assert.All(Enumerable.Range(0, 1_000).ToList(), i => Assert.Equal(KeyedResult.Taken, sut.TryTake(limit, RandomKey(random), 1, 1, out _)));
    }

    [Fact]
    public void TryTake_InParallel_WhileTheTableGrows_AdmitsEachKeysBurstExactly()
    {
        const int Keys = 20_000;
        const int Burst = 5;
        var limit = new ThrottleLimit("a", 1e-9, Burst);
        var taken = new int[Keys + 1];

        InParallel(worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 15 * Keys / 4; i++)
            {
                var key = 1 + (i * 4 / 15 + random.Next(200)) % Keys;
                if (_sut.TryTake(limit, Key(key), 1, 0, out _) == KeyedResult.Taken)
                {
                    Interlocked.Increment(ref taken[key]);
                }
            }
        });

        for (var key = 1; key <= Keys; key++)
        {
            Assert.Equal(Burst, taken[key] + Taken(limit, Key(key), Burst + 1, 0));
        }
    }

    [Fact]
    public void TryTake_InParallel_TakingsAndGivingsBack_LoseNothing()
    {
        const int Keys = 64;
        var limit = new ThrottleLimit("a", 0, 100) { CountsInFlight = true };

        InParallel(worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 200_000; i++)
            {
                var key = Key(1 + random.Next(Keys));
                if (_sut.TryTake(limit, key, 1, 0, out _) == KeyedResult.Taken)
                {
                    Assert.True(_sut.GiveBack(limit, key, 1, 0));
                }

                // Newcomers that take the places of those who have everything.
                _sut.TryTake(new ThrottleLimit("b", 1e6, 1), Key(1_000_000 + random.Next()), 1, i, out _);
            }
        });

        // Later than all newcomers, which are full again: else sixteen of them may leave no room for a key that gave its place up.
        Assert.Equal(Enumerable.Repeat(100, Keys), Enumerable.Range(1, Keys).Select(key => Taken(limit, Key(key), 200, 1e6)));
    }

    [Fact]
    public void TryTake_InParallel_EvictionsAmongFewPlaces_NeverAdmitMoreThanTheBucketHas()
    {
        // Six hundred keys that fill up again all the time, in room for a hundred.
        const int Keys = 600;
        var sut = new KeyedBuckets(100);
        var limit = new ThrottleLimit("a", 1000, 4);
        var clock = 0;
        var admitted = new int[Keys + 1];

        InParallel(worker =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 100_000; i++)
            {
                var now = Interlocked.Increment(ref clock) / 50_000.0;
                var key = 1 + random.Next(Keys);
                if (sut.TryTake(limit, Key(key), 1, now, out _) == KeyedResult.Taken)
                {
                    Interlocked.Increment(ref admitted[key]);
                }
            }
        });

        var most = 4 + (1000 * clock / 50_000.0);
        Assert.All(admitted, count => Assert.True(count <= most, $"{count} of {most}"));
        Assert.True(admitted.Sum() > 10_000);
    }

    [Fact]
    public void TryTake_AnyHistory_AgreesWithASimpleModel()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var sut = new KeyedBuckets(1_000);
            var (rate, burst) = (random.Next(1, 1000) / 10.0, random.Next(1, 50));
            var limit = new ThrottleLimit("a", rate, burst);
            var model = new Dictionary<int, (double Tokens, double At)>();
            double now = random.Next(1_000_000);
            for (var step = 0; step < 200; step++)
            {
                now += random.Next(0, 1000) / 1000.0;
                var (key, cost) = (random.Next(1, 5), random.Next(0, 4));
                var (tokens, at) = model.TryGetValue(key, out var known) ? known : (burst, now);
                tokens = Math.Min(burst, tokens + (rate * (now - at)));
                var expected = tokens > cost - 1e-4 ? KeyedResult.Taken : KeyedResult.Empty;
                if (Math.Abs(tokens - cost) < 1e-3)
                {
                    continue;
                }

                Assert.Equal(expected, sut.TryTake(limit, Key(key), cost, now, out var remaining));
                tokens -= expected == KeyedResult.Taken ? cost : 0;
                Assert.True(Math.Abs(tokens - remaining) < 1e-4, $"{remaining} instead of {tokens}");
                model[key] = (tokens, now);
            }
        }
    }

    private static UInt128 Key(int number) => new((ulong)number * 0x9e3779b97f4a7c15, (ulong)number);

    private static UInt128 RandomKey(Random random) => new((ulong)random.NextInt64(), (ulong)random.NextInt64());

    private static void InParallel(Action<int> work)
    {
        Exception? failure = null;
        var workers = Enumerable.Range(0, 4).Select(worker => new Thread(() =>
        {
            try
            {
                work(worker);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        })).ToList();
        workers.ForEach(static worker => worker.Start());
        workers.ForEach(static worker => worker.Join());
        Assert.Null(failure);
    }

    private int Taken(ThrottleLimit limit, UInt128 key, int times, double now) =>
        Enumerable.Range(0, times).Count(i => _sut.TryTake(limit, key, 1, now, out _) == KeyedResult.Taken);
}
