using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

public sealed class ThrottleBucketsTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ThrottleBuckets _sut;

    public ThrottleBucketsTests() => _sut = new ThrottleBuckets(_time);

    [Fact]
    public void TryTake_ExampleOfTheGuide_10000InTheFirstMillisecond_Serves5000()
    {
        var limit = new ThrottleLimit("a", 10_000, 5_000);

        Assert.Equal(5_000, Take(limit, 10_000));
    }

    [Fact]
    public void TryTake_ExampleOfTheGuide_TwoBatches100MillisecondsApart_Serves1000OfTheSecond()
    {
        var limit = new ThrottleLimit("a", 10_000, 5_000);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(5_000, Take(limit, 5_000));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1_000, Take(limit, 5_000));
    }

    [Theory]
    [InlineData(10, 20, 1.0, 10)]
    [InlineData(10, 20, 100.0, 20)]
    [InlineData(0.5, 1, 1.9, 0)]
    [InlineData(0.5, 1, 2.0, 1)]
    [InlineData(2.5, 10, 2.0, 5)]
    [InlineData(1e-3, 1, 999.0, 0)]
    [InlineData(1e-3, 1, 1000.0, 1)]
    [InlineData(3, 3, 1.0 / 3, 1)]
    [InlineData(0, 5, 1e6, 0)]
    public void TryTake_EmptiedAndLeftAlone_RegainsRateTimesTime(double rate, int burst, double seconds, int expected)
    {
        var limit = new ThrottleLimit("a", rate, burst);
        Assert.Equal(burst, Take(limit, burst + 1));

        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(expected, Take(limit, burst + 1));
    }

    [Fact]
    public void TryTake_Fractions_AddUp()
    {
        var limit = new ThrottleLimit("a", 2.5, 1);
        Take(limit, 1);

        // A token comes every 400 ms: looking at the bucket in between, and being refused, must not cost any of it.
        var served = 0;
        for (var i = 0; i < 1_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            served += Take(limit, 1);
        }

        Assert.Equal(25, served);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e6)]
    public void TryTake_BurstOfZero_RefusesEverything(double rate)
    {
        var limit = new ThrottleLimit("a", rate, 0);

        Assert.Equal(0, Take(limit, 3));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, Take(limit, 3));
    }

    [Fact]
    public void TryTake_AfterAYear_IsAsExact()
    {
        var limit = new ThrottleLimit("a", 10_000, 5_000);
        _sut.TryTake(limit, 1, _sut.Now, out _);
        _time.Advance(TimeSpan.FromDays(365));

        Assert.Equal(5_000, Take(limit, 6_000));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.InRange(Take(limit, 6_000), 999, 1_000);
    }

    [Fact]
    public void GiveBack_WhatWasTaken_IsThereAgain_AndNoMore()
    {
        var limit = new ThrottleLimit("a", 0, 3);
        Take(limit, 2);

        _sut.GiveBack(limit, 1);
        _sut.GiveBack(limit, 1);
        _sut.GiveBack(limit, 1);

        Assert.Equal(3, Take(limit, 10));
    }

    [Fact]
    public void GiveBack_NoBucket_DoesNothing()
    {
        _sut.GiveBack(new ThrottleLimit("a", 1, 1), 1);

        Assert.Equal(0, _sut.Count);
    }

    [Theory]
    [InlineData(100, 50, 200, 100)]
    [InlineData(100, 50, 10, 5)]
    [InlineData(100, 0, 10, 0)]
    [InlineData(100, 100, 10, 10)]
    public void TryTake_ChangedBurst_KeepsThePartOfTheWhole(int before, int left, int after, int expected)
    {
        Take(new ThrottleLimit("a", 0, before), before - left);

        Assert.Equal(expected, Take(new ThrottleLimit("a", 0, after), 1_000));
        Assert.Equal(1, _sut.Count);
    }

    [Fact]
    public void TryTake_ChangedRate_CountsFromNowOn()
    {
        Take(new ThrottleLimit("a", 1, 10), 10);
        _time.Advance(TimeSpan.FromSeconds(3));

        var changed = new ThrottleLimit("a", 2, 10);
        Assert.Equal(3, Take(changed, 10));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(6, Take(changed, 10));
    }

    [Fact]
    public void TryTake_SameNameFromAnotherDefinition_IsTheSameBucket()
    {
        Take(new ThrottleLimit("a", 1, 10), 10);

        Assert.Equal(0, Take(new ThrottleLimit(new string(['a']), 1, 10), 1));
        Assert.Equal(1, Take(new ThrottleLimit("b", 1, 1), 5));
    }

    [Fact]
    public void Sweep_FullBuckets_Go_AndOthersStay()
    {
        var emptied = new ThrottleLimit("emptied", 1, 10);
        Take(emptied, 10);
        Take(new ThrottleLimit("soon full", 100, 10), 10);
        _time.Advance(TimeSpan.FromSeconds(5));

        _sut.Sweep();

        Assert.Equal(1, _sut.Count);
        Assert.Equal(5, Take(emptied, 10));
    }

    [Fact]
    public void TryTake_MillionsOfLimitsOverTime_KeepsFewBuckets()
    {
        const int Limits = 2_000_000;
        var most = 0;

        // 100 a millisecond that are full again after 10 ms each: at most some 1,000 are not.
        for (var i = 0; i < Limits; i++)
        {
            if (i % 100 == 0)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
            }

            _sut.TryTake(new ThrottleLimit($"limit {i}", 100, 1), 1, _sut.Now, out _);
            most = Math.Max(most, _sut.Count);
        }

        Assert.InRange(most, 1, 4_096);
    }

    [Fact]
    public void TryTake_AnyInterleaving_AdmitsNoMoreThanTheBucketHasAndRegains()
    {
        const int Threads = 4;
        const int Rounds = 40;
        var random = new Random(7);
        for (var round = 0; round < Rounds; round++)
        {
            var limit = new ThrottleLimit($"limit {round}", random.Next(1, 2_000) / 7.0, random.Next(1, 200));
            var start = _sut.Now;
            var (served, moves) = (0, random.Next(5, 50));
            var workers = new Thread[Threads];
            for (var i = 0; i < Threads; i++)
            {
                // Some takings are given back, as when another level refuses.
                var givesBack = i % 2 == 1;
                workers[i] = new Thread(() =>
                {
                    for (var n = 0; n < 2_000; n++)
                    {
                        if (_sut.TryTake(limit, 1, _sut.Now, out _))
                        {
                            if (givesBack && n % 3 == 0)
                            {
                                _sut.GiveBack(limit, 1);
                            }
                            else
                            {
                                Interlocked.Increment(ref served);
                            }
                        }
                    }
                });
                workers[i].Start();
            }

            for (var move = 0; move < moves; move++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 20)));
                Thread.Yield();
            }

            Array.ForEach(workers, static worker => worker.Join());
            var most = limit.BurstLimit + (limit.RateLimit * (_sut.Now - start));
            Assert.InRange(served, Math.Min(limit.BurstLimit, 1), Math.Floor(most + 1e-3));

            // And nothing was lost: what is left is what was not served, up to a full bucket.
            // Rounded up to a whole tick: one that is cut off would leave an empty bucket short of its last token.
            _time.Advance(TimeSpan.FromTicks((long)Math.Ceiling(limit.BurstLimit / limit.RateLimit * TimeSpan.TicksPerSecond)));
            Assert.Equal(limit.BurstLimit, Take(limit, limit.BurstLimit + 1));
        }
    }

    [Fact]
    public void TryTake_LimitsChangeUnderLoad_AdmitsNoMoreThanBothTogether()
    {
        ThrottleLimit[] limits = [new("a", 0, 1_000), new("a", 0, 500)];
        var served = 0;
        var workers = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            for (var n = 0; n < 5_000; n++)
            {
                if (_sut.TryTake(limits[(n / 100 + i) % 2], 1, _sut.Now, out _))
                {
                    Interlocked.Increment(ref served);
                }
            }
        })).ToList();

        workers.ForEach(static worker => worker.Start());
        workers.ForEach(static worker => worker.Join());

        Assert.InRange(served, 500, 1_001);
        Assert.Equal(1, _sut.Count);
    }

    private int Take(ThrottleLimit limit, int times)
    {
        var served = 0;
        for (var i = 0; i < times; i++)
        {
            served += _sut.TryTake(limit, 1, _sut.Now, out _) ? 1 : 0;
        }

        return served;
    }
}
