using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connection;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>Keeps answers in this host's memory and in Redis. A host that has an answer asks nobody; hosts tell each other what is out of date.</summary>
/// <remarks>
/// While messages of others cannot arrive although Redis is there, memory is left out; while Redis is away, memory is all there is. When messages
/// arrive again, memory begins empty, since those in between are lost.
/// </remarks>
internal sealed class TwoLevelResponseCacheStore : IResponseCacheStore, IDisposable
{
    private readonly CacheEntryIds _ids = new();
    private readonly RedisConnection _connection;
    private readonly RedisResponseCacheStore _redis;
    private readonly MemoryLevel _memory;
    private readonly InvalidationChannel _channel;

    public TwoLevelResponseCacheStore(
        RedisConnection connection, RedisResponseCacheStore redis, MemoryLevel memory, InvalidationChannel channel)
    {
        _connection = connection;
        _redis = redis;
        _memory = memory;
        _channel = channel;
        channel.Start(Hear, memory.Clear);
    }

    /// <summary>Gets whether messages of other hosts arrive.</summary>
    public bool IsListening => _channel.IsListening;

    /// <summary>Gets whether answers are looked for in memory.</summary>
    public bool UsesMemory => _channel.IsListening || !_connection.IsUp;

    public ValueTask<CachedResponse?> GetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken)
    {
        var id = _ids.Of(key);
        if (!UsesMemory)
        {
            return _redis.GetAsync(partition, id);
        }

        return _memory.Find(partition, id) is { } found ? new(found) : FetchAsync(partition, id);
    }

    public ValueTask<bool> SetAsync(
        ResponseCachePartition partition, ReadOnlySpan<char> key, CachedResponse response, CancellationToken cancellationToken) =>
        SetAsync(partition, _ids.Of(key), response);

    public ValueTask RemoveAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        RemoveAsync(partition, _ids.Of(key));

    public async ValueTask FlushAsync(ResponseCachePartition partition, CancellationToken cancellationToken)
    {
        try
        {
            await _redis.FlushAsync(partition, cancellationToken);
        }
        finally
        {
            // After Redis, so that no look-up brings back what was there; and even if Redis is away.
            _memory.Flush(partition.Name);
            _channel.Tell(InvalidationKind.Stage, partition.Name);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _memory.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CachedResponse?> FetchAsync(ResponseCachePartition partition, CacheEntryId id)
    {
        var stamp = _memory.StampOf(id);
        var found = await _redis.GetAsync(partition, id);
        if (found is not null)
        {
            _memory.Put(partition, id, found, stamp);
        }

        return found;
    }

    private async ValueTask<bool> SetAsync(ResponseCachePartition partition, CacheEntryId id, CachedResponse response)
    {
        var before = _memory.Change(id);
        var isShared = await _redis.SetAsync(partition, id, response);

        // Changed again afterwards: a look-up that began in between may have read the old answer.
        var after = _memory.Change(id);
        var isKept = after == before + 1 && _memory.Put(partition, id, response, after);
        if (!isKept)
        {
            _memory.Forget(partition.Name, id);
        }

        _channel.Tell(InvalidationKind.Entry, partition.Name, id);
        return isShared || isKept;
    }

    private async ValueTask RemoveAsync(ResponseCachePartition partition, CacheEntryId id)
    {
        try
        {
            await _redis.RemoveAsync(partition, id);
        }
        finally
        {
            _memory.Forget(partition.Name, id);
            _channel.Tell(InvalidationKind.Entry, partition.Name, id);
        }
    }

    private void Hear(Invalidation invalidation)
    {
        if (invalidation.Kind is InvalidationKind.Stage)
        {
            _memory.Flush(invalidation.Stage);
        }
        else
        {
            _memory.Forget(invalidation.Stage, invalidation.Entry);
        }
    }
}
