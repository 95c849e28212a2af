using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;
using ApiGateway.Middleware.Tests.Contracts;

namespace ApiGateway.Middleware.Tests.State;

public sealed class MemoryResponseCacheStoreTests : ResponseCacheStoreContract, IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<MemoryResponseCacheStore> _stores = [];

    private protected override DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public async Task Set_BeyondTheBudget_StaysWithinIt()
    {
        var store = Create(long.MaxValue);
        var partition = new ResponseCachePartition("a", "s", 1 << 20);

        for (var i = 0; i < 1_000; i++)
        {
            await store.SetAsync(partition, $"k{i}", new CachedResponse(200, [], new byte[10_000], Now, Now.AddHours(1), Now.AddHours(1)), default);
        }

        Assert.InRange(store.Count(partition), 1, 104);
    }

    [Theory]
    [InlineData(1L << 28, true)]
    [InlineData(1L << 24, false)]
    public async Task Set_HundredThousandKeys_StayWithinTheBudget_AndAllAreThereIfItIsLargeEnough(long budget, bool isEnough)
    {
        const int Keys = 100_000;
        var store = Create(long.MaxValue);
        var partition = new ResponseCachePartition("a", "s", budget);
        var response = new CachedResponse(200, [new("Content-Type", "text/plain")], new byte[1024], Now, Now.AddHours(1), Now.AddHours(1));

        for (var i = 0; i < Keys; i++)
        {
            await store.SetAsync(partition, $"GET /items/{i}", response, default);
        }

        Assert.InRange(store.Count(partition), 1, Math.Min(Keys, (int)(budget / response.Size)));
        Assert.True(!isEnough || store.Count(partition) == Keys);
    }

    [Fact]
    public async Task Set_LargerThanTheBudget_IsNotKept_AndForgetsTheOld()
    {
        var store = Create(100_000);
        var partition = new ResponseCachePartition("a", "s", long.MaxValue);
        await store.SetAsync(partition, "k", Answer("old"), default);

        var kept = await store.SetAsync(partition, "k", new CachedResponse(200, [], new byte[200_000], Now, Now.AddHours(1), Now.AddHours(1)), default);

        Assert.False(kept);
        Assert.Null(await store.GetAsync(partition, "k", default));
    }

    [Fact]
    public async Task Partition_OfAnotherSize_BeginsEmpty()
    {
        var store = Create(long.MaxValue);
        await store.SetAsync(new("a", "s", 1 << 20), "k", Answer("a"), default);

        Assert.Null(await store.GetAsync(new("a", "s", 2 << 20), "k", default));
    }

    [Fact]
    public async Task Partition_OfTheSameName_IsTheSame()
    {
        var store = Create(long.MaxValue);
        await store.SetAsync(new("a", "s", 1 << 20), "k", Answer("a"), default);

        Assert.NotNull(await store.GetAsync(new("a", "s", 1 << 20), "k", default));
    }

    public void Dispose() => _stores.ForEach(static store => store.Dispose());

    private protected override ValueTask<IResponseCacheStore> CreateAsync() => new(Create(long.MaxValue));

    private protected override Task ElapseAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    private MemoryResponseCacheStore Create(long maxBytes)
    {
        _stores.Add(new MemoryResponseCacheStore(_time, maxBytes));
        return _stores[^1];
    }
}
