using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>The answers in this host's memory. What may have changed since it was read elsewhere is not kept.</summary>
internal sealed class MemoryLevel(MemoryResponseCacheStore memory) : IDisposable
{
    private readonly MemoryStamps _stamps = new();
    private readonly ConcurrentDictionary<string, ResponseCachePartition> _partitions = new(StringComparer.Ordinal);

    public CachedResponse? Find(ResponseCachePartition partition, CacheEntryId id)
    {
        Span<char> text = stackalloc char[CacheEntryId.TextLength];
        id.WriteText(text);
        var found = memory.GetAsync(partition, text, CancellationToken.None);

        // Memory never waits.
        return found.IsCompletedSuccessfully ? found.Result : null;
    }

    /// <summary>Gets the stamp to read before an answer is read elsewhere, and to hand to <see cref="Put"/>.</summary>
    public long StampOf(CacheEntryId id) => _stamps.Of(id);

    /// <summary>Says that an answer is changing, and gives its new stamp.</summary>
    public long Change(CacheEntryId id) => _stamps.Change(id);

    /// <summary>Keeps an answer, unless it has changed since <paramref name="stamp"/>.</summary>
    public bool Put(ResponseCachePartition partition, CacheEntryId id, CachedResponse response, long stamp)
    {
        // The newest object, since it has the size that is in force.
        if (!_partitions.TryGetValue(partition.Name, out var known) || !ReferenceEquals(known, partition))
        {
            _partitions[partition.Name] = partition;
        }

        Span<char> text = stackalloc char[CacheEntryId.TextLength];
        id.WriteText(text);
        var keeping = memory.SetAsync(partition, text, response, CancellationToken.None);
        var isKept = keeping.IsCompletedSuccessfully && keeping.Result;

        // Looked at after it was put: whoever changes the stamp later removes the answer himself.
        if (_stamps.Of(id) == stamp)
        {
            return isKept;
        }

        Remove(partition, text);
        return false;
    }

    /// <summary>Forgets an answer; a stage of which nothing was ever kept has none.</summary>
    public void Forget(string stage, CacheEntryId id)
    {
        _stamps.Change(id);
        if (_partitions.TryGetValue(stage, out var partition))
        {
            Span<char> text = stackalloc char[CacheEntryId.TextLength];
            id.WriteText(text);
            Remove(partition, text);
        }
    }

    /// <summary>Forgets the answers of a stage.</summary>
    public void Flush(string stage)
    {
        _stamps.ChangeAll();
        if (_partitions.TryGetValue(stage, out var partition))
        {
            Flush(partition);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _stamps.ChangeAll();
        foreach (var (_, partition) in _partitions)
        {
            Flush(partition);
        }
    }

    public void Dispose() => memory.Dispose();

    private void Remove(ResponseCachePartition partition, ReadOnlySpan<char> text) =>
        Check(memory.RemoveAsync(partition, text, CancellationToken.None));

    private void Flush(ResponseCachePartition partition) =>
        Check(memory.FlushAsync(partition, CancellationToken.None));

    // One that is not done would be found later on.
    private static void Check(ValueTask forgetting)
    {
        if (!forgetting.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The memory store did not forget an answer at once.");
        }
    }
}
