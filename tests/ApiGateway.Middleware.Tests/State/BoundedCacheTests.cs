using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Tests.State;

public sealed class BoundedCacheTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void TryGet_AfterTheLifetime_FindsNothing()
    {
        var cache = new BoundedCache<string, int>(2, _time);
        cache.Set("a", 1, Minute);
        _time.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.True(cache.TryGet("a", out var value));
        Assert.Equal(1, value);

        _time.Advance(TimeSpan.FromTicks(1));

        Assert.False(cache.TryGet("a", out _));
    }

    [Fact]
    public void Set_SameKey_Replaces()
    {
        var cache = new BoundedCache<string, int>(2, _time);
        cache.Set("a", 1, Minute);
        cache.Set("a", 2, Minute);

        Assert.True(cache.TryGet("a", out var value));
        Assert.Equal(2, value);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Set_NoLifetime_KeepsNothing()
    {
        var cache = new BoundedCache<string, int>(2, _time);

        cache.Set("a", 1, TimeSpan.Zero);

        Assert.False(cache.TryGet("a", out _));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Set_Flood_StaysWithinItsBoundAndKeepsWhatIsUsed()
    {
        var cache = new BoundedCache<int, int>(100, _time);
        cache.Set(-1, -1, Minute);
        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(cache.TryGet(-1, out _));
            cache.Set(i, i, Minute);
        }

        Assert.Equal(100, cache.Count);
        Assert.True(cache.TryGet(9_999, out _));
        Assert.False(cache.TryGet(0, out _));
    }

    [Fact]
    public void Set_FullOfEntriesThatAreOver_TakesTheirPlace()
    {
        var cache = new BoundedCache<int, int>(2, _time);
        cache.Set(1, 1, Minute);
        cache.Set(2, 2, Minute * 2);
        Assert.True(cache.TryGet(1, out _) && cache.TryGet(2, out _));
        _time.Advance(Minute);

        cache.Set(3, 3, Minute);

        Assert.True(cache.TryGet(2, out _));
        Assert.True(cache.TryGet(3, out _));
    }

    [Fact]
    public async Task Set_ByManyThreads_KeepsBoundAndValues()
    {
        var cache = new BoundedCache<int, int>(64, _time);

        await Parallel.ForEachAsync(Enumerable.Range(0, 8), (thread, _) =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                cache.Set(i % 200, i % 200, Minute);
                Assert.True(!cache.TryGet((i + thread) % 200, out var value) || value == (i + thread) % 200);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(64, cache.Count);
        Assert.Equal(64, Enumerable.Range(0, 200).Count(key => cache.TryGet(key, out _)));
    }
}
