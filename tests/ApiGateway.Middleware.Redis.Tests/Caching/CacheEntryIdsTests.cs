using ApiGateway.Middleware.Redis.Caching;

namespace ApiGateway.Middleware.Redis.Tests.Caching;

public sealed class CacheEntryIdsTests
{
    [Fact]
    public void Of_KnownKey_IsTheSameAndAllocatesNothing()
    {
        var ids = new CacheEntryIds();
        var first = ids.Of("GET /orders");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var second = ids.Of("GET /orders");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(CacheEntryId.Of("GET /orders"), first);
        Assert.Equal(first, second);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Of_MoreKeysThanPlaces_IsAlwaysTheKeysOwn()
    {
        var ids = new CacheEntryIds();

        for (var i = 0; i < 20_000; i++)
        {
            var key = $"key {i % 10_000}";
            Assert.Equal(CacheEntryId.Of(key), ids.Of(key));
        }
    }

    [Fact]
    public void Of_LongKey_IsTheKeysOwn()
    {
        var key = new string('x', 10_000);

        Assert.Equal(CacheEntryId.Of(key), new CacheEntryIds().Of(key));
    }
}
