using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using Microsoft.Extensions.Caching.Memory;

namespace ApiGateway.Middleware.State;

/// <summary>Keeps the answers of cached methods in this process's memory; lost when it ends.</summary>
/// <remarks>
/// Each stage may take the size of its cache cluster, or a quarter of the memory that the process has, whichever is less. When that is
/// full, answers that nobody has asked for lately give way, and until there is room new ones are not kept. A hit allocates nothing.
/// </remarks>
public sealed class MemoryResponseCacheStore : IResponseCacheStore, IDisposable
{
    private const int ShareOfMemory = 4;

    // What the cache keeps for each answer beside the answer and its key.
    private const int Overhead = 200;

    private readonly ConcurrentDictionary<string, PartitionCache> _caches = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly long _most;

    /// <summary>Initializes a new instance of the <see cref="MemoryResponseCacheStore"/> class.</summary>
    /// <param name="time">Tells when answers are over.</param>
    public MemoryResponseCacheStore(TimeProvider time)
        : this(time, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="MemoryResponseCacheStore"/> class with another bound than a quarter of the memory.</summary>
    /// <param name="time">Tells when answers are over.</param>
    /// <param name="maxBytes">How much each stage may take at most, in bytes; positive.</param>
    public MemoryResponseCacheStore(TimeProvider time, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        (_time, _most) = (time, maxBytes);
    }

    /// <inheritdoc/>
    public ValueTask<CachedResponse?> GetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        new(CacheOf(partition).TryGetValue(key, out var found) ? (CachedResponse)found! : null);

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(
        ResponseCachePartition partition, ReadOnlySpan<char> key, CachedResponse response, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        var cache = CacheOf(partition);
        var text = key.ToString();
        if (response.KeptUntil <= _time.GetUtcNow())
        {
            cache.Remove(text);
            return new(false);
        }

        using (var entry = cache.CreateEntry(text))
        {
            entry.Value = response;
            entry.Size = response.Size + Overhead + ((long)text.Length * sizeof(char));
            entry.AbsoluteExpiration = response.KeptUntil;
        }

        return new(cache.TryGetValue(key, out var kept) && ReferenceEquals(kept, response));
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        CacheOf(partition).Remove(key.ToString());
        return default;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(ResponseCachePartition partition, CancellationToken cancellationToken)
    {
        CacheOf(partition).Clear();
        return default;
    }

    /// <summary>Gets how many answers a stage has, with those that are over but not yet removed.</summary>
    /// <param name="partition">The cache of which stage.</param>
    /// <returns>The number.</returns>
    public int Count(ResponseCachePartition partition) => CacheOf(partition).Count;

    /// <summary>Forgets everything.</summary>
    public void Dispose()
    {
        foreach (var (_, cache) in _caches)
        {
            cache.Cache.Dispose();
        }
    }

    private MemoryCache CacheOf(ResponseCachePartition partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        var limit = Math.Min(partition.MaxBytes, _most);
        return _caches.TryGetValue(partition.Name, out var found) && found.Limit == limit ? found.Cache : Create(partition, limit);
    }

    // Another size is another cluster, which begins empty. Requests that still use the old one keep it alive until they end.
    private MemoryCache Create(ResponseCachePartition partition, long limit) => _caches.AddOrUpdate(
        partition.Name,
        static (_, state) => state.Store.New(state.limit),
        static (_, old, state) => old.Limit == state.limit ? old : state.Store.New(state.limit),
        (Store: this, limit)).Cache;

    private PartitionCache New(long limit) => new(limit, new MemoryCache(new MemoryCacheOptions { SizeLimit = limit, Clock = new Clock(_time) }));

    private sealed record PartitionCache(long Limit, MemoryCache Cache);

    private sealed class Clock(TimeProvider time) : Microsoft.Extensions.Internal.ISystemClock
    {
        public DateTimeOffset UtcNow => time.GetUtcNow();
    }
}
