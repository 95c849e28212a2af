using ApiGateway.Middleware.Redis.Caching;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

public sealed class MemoryStampsTests
{
    private static readonly CacheEntryId Entry = CacheEntryId.Of("k");

    [Fact]
    public void Of_Unchanged_IsTheSame()
    {
        var stamps = new MemoryStamps();

        Assert.Equal(stamps.Of(Entry), stamps.Of(Entry));
    }

    [Fact]
    public void Of_AfterChange_IsWhatChangeGave()
    {
        var stamps = new MemoryStamps();
        var before = stamps.Of(Entry);

        var after = stamps.Change(Entry);

        Assert.Equal(before + 1, after);
        Assert.Equal(after, stamps.Of(Entry));
    }

    [Fact]
    public void Of_AfterChangeOfAll_IsAnother()
    {
        var stamps = new MemoryStamps();
        var before = stamps.Of(Entry);

        stamps.ChangeAll();

        Assert.NotEqual(before, stamps.Of(Entry));
    }

    [Fact]
    public void Of_AfterChangeOfAnotherEntry_IsTheSame()
    {
        var stamps = new MemoryStamps();
        var before = stamps.Of(Entry);

        stamps.Change(CacheEntryId.Of("another"));

        Assert.Equal(before, stamps.Of(Entry));
    }
}
