using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

public sealed class BoundedResultsTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TryGet_BeforeAndAfterItsTime_IsThereThenGone()
    {
        var cache = new BoundedCache<ResultKey, string>(10, _time);
        cache.Set(Key(1), "a", Minute);

        _time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.True(cache.TryGet(Key(1), out var value));
        Assert.Equal("a", value);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(cache.TryGet(Key(1), out value));
        Assert.Null(value);
    }

    [Fact]
    public void Set_Again_ReplacesTheValueAndItsTime()
    {
        var cache = new BoundedCache<ResultKey, string>(10, _time);
        cache.Set(Key(1), "a", Minute);

        _time.Advance(TimeSpan.FromSeconds(30));
        cache.Set(Key(1), "b", Minute);
        _time.Advance(TimeSpan.FromSeconds(59));

        Assert.True(cache.TryGet(Key(1), out var value));
        Assert.Equal("b", value);
    }

    [Fact]
    public void Set_BeyondTheCapacity_DropsWhatWasNotReadLately()
    {
        var cache = new BoundedCache<ResultKey, string>(3, _time);
        cache.Set(Key(1), "1", Minute);
        cache.Set(Key(2), "2", Minute);
        cache.Set(Key(3), "3", Minute);
        Assert.True(cache.TryGet(Key(1), out _));

        cache.Set(Key(4), "4", Minute);

        Assert.Equal([true, false, true, true], Enumerable.Range(1, 4).Select(i => cache.TryGet(Key(i), out _)));
    }

    [Fact]
    public void Set_AllWereRead_StaysWithinTheCapacity()
    {
        var cache = new BoundedCache<ResultKey, string>(100, _time);
        for (var i = 0; i < 10_000; i++)
        {
            cache.Set(Key(i), "", Minute);
            cache.TryGet(Key(i), out _);
            Assert.InRange(cache.Count, 1, 100);
        }
    }

    [Fact]
    public void Set_SameKeyManyTimes_DoesNotPileUp()
    {
        var cache = new BoundedCache<ResultKey, string>(10, _time);
        cache.Set(Key(1), "other", Minute);
        for (var i = 0; i < 1000; i++)
        {
            cache.TryGet(Key(1), out _);
            cache.Set(Key(2), "", Minute);
        }

        Assert.True(cache.TryGet(Key(1), out _));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public async Task Set_ManyThreads_KeepsTheBoundAndTheValues()
    {
        var cache = new BoundedCache<ResultKey, string>(50, _time);

        await Parallel.ForEachAsync(Enumerable.Range(0, 20_000), (i, _) =>
        {
            cache.Set(Key(i % 200), $"{i % 200}", Minute);
            if (cache.TryGet(Key(i % 200), out var value))
            {
                Assert.Equal($"{i % 200}", value);
            }

            return ValueTask.CompletedTask;
        });

        Assert.InRange(cache.Count, 1, 50);
    }

    private static ResultKey Key(int i) => ResultKey.Of(BitConverter.GetBytes(i));
}
