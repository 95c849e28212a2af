using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Redis.Connection;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>Keeps the answers of cached methods in Redis, where all hosts find them.</summary>
/// <remarks>
/// An answer is one string with an expiry. Each carries the generation of its stage, and a look-up reads both in one command: to flush a stage
/// is to write another generation. What was stored before is not found any more and goes by its expiry, or sooner if Redis needs the room.
/// </remarks>
internal sealed class RedisResponseCacheStore(RedisConnection connection, TimeProvider time) : IResponseCacheStore
{
    // Longer than any answer is of use; Redis refuses times that overflow.
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(30);
    private static readonly TimeSpan ShortestExpiry = TimeSpan.FromMilliseconds(1);

    private readonly CacheEntryIds _ids = new();
    private readonly ConcurrentDictionary<string, CacheStage> _stages = new(StringComparer.Ordinal);

    public ValueTask<CachedResponse?> GetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        GetAsync(partition, _ids.Of(key));

    public ValueTask<bool> SetAsync(
        ResponseCachePartition partition, ReadOnlySpan<char> key, CachedResponse response, CancellationToken cancellationToken) =>
        SetAsync(partition, _ids.Of(key), response);

    public ValueTask RemoveAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken) =>
        RemoveAsync(partition, _ids.Of(key));

    public async ValueTask FlushAsync(ResponseCachePartition partition, CancellationToken cancellationToken)
    {
        var stage = StageOf(partition);
        var generation = CacheGeneration.New();
        var reply = await connection.AskAsync(
            (stage.GenerationKey, generation), static (database, argument) => database.StringSetAsync(argument.GenerationKey, argument.generation));
        if (!reply.IsAnswered)
        {
            throw Failure($"The cache of stage '{partition.Name}' could not be flushed in Redis", reply.Fault, reply.Error);
        }

        stage.Generation = generation;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<CachedResponse?> GetAsync(ResponseCachePartition partition, CacheEntryId id)
    {
        var stage = StageOf(partition);
        var reply = await connection.AskAsync(
            new RedisKey[] { stage.GenerationKey, stage.EntryKey(id) }, static (database, keys) => database.StringGetAsync(keys));
        if (!reply.IsAnswered)
        {
            return null;
        }

        byte[]? generation = reply.Value![0];
        if (!CacheGeneration.IsOne(generation))
        {
            stage.Generation = null;
            return null;
        }

        // The same array as long as the generation is the same, so that answers of one request are stored under what it saw.
        if (stage.Generation is not { } known || !known.AsSpan().SequenceEqual(generation))
        {
            stage.Generation = generation;
        }

        byte[]? value = reply.Value[1];
        return value is null ? null : CacheEntryFormat.Read(value, generation!, time.GetUtcNow());
    }

    public async ValueTask<bool> SetAsync(ResponseCachePartition partition, CacheEntryId id, CachedResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var stage = StageOf(partition);
        var expiry = response.KeptUntil - time.GetUtcNow();
        if (expiry >= ShortestExpiry
            && (stage.Generation ?? await BeginGenerationAsync(stage)) is { } generation
            && CacheEntryFormat.Write(response, generation) is { } value)
        {
            var reply = await connection.AskAsync(
                (Key: stage.EntryKey(id), value, Expiry: expiry < LongestExpiry ? expiry : LongestExpiry),
                static (database, argument) => database.StringSetAsync(argument.Key, argument.value, argument.Expiry));
            if (reply.IsAnswered)
            {
                return reply.Value;
            }

            // Redis is there, but refuses, as it does where memory is used up: the old answer has to go all the same.
            if (reply.Fault is not RedisFault.Error)
            {
                return false;
            }
        }

        await connection.AskAsync(stage.EntryKey(id), static (database, key) => database.KeyDeleteAsync(key));
        return false;
    }

    public async ValueTask RemoveAsync(ResponseCachePartition partition, CacheEntryId id)
    {
        var reply = await connection.AskAsync(StageOf(partition).EntryKey(id), static (database, key) => database.KeyDeleteAsync(key));
        if (!reply.IsAnswered)
        {
            throw Failure($"An answer of stage '{partition.Name}' could not be removed from Redis", reply.Fault, reply.Error);
        }
    }

    private static InvalidOperationException Failure(string what, RedisFault fault, Exception? error) => new(
        fault switch
        {
            RedisFault.Timeout => $"{what}: no answer in time; it may yet happen.",
            RedisFault.Error => $"{what}: the command failed.",
            _ => $"{what}: Redis is away.",
        },
        error);

    private async ValueTask<byte[]?> BeginGenerationAsync(CacheStage stage)
    {
        // Another host may be first: what Redis has counts.
        await connection.AskAsync(
            (stage.GenerationKey, Value: CacheGeneration.New()),
            static (database, argument) => database.StringSetAsync(argument.GenerationKey, argument.Value, when: When.NotExists));
        var reply = await connection.AskAsync(stage.GenerationKey, static (database, key) => database.StringGetAsync(key));
        byte[]? generation = reply.Value;
        return CacheGeneration.IsOne(generation) ? stage.Generation = generation : null;
    }

    private CacheStage StageOf(ResponseCachePartition partition)
    {
        ArgumentNullException.ThrowIfNull(partition);
        return _stages.TryGetValue(partition.Name, out var stage)
            ? stage
            : _stages.GetOrAdd(partition.Name, static (_, state) => new CacheStage(state.partition, state.KeyPrefix), (partition, connection.KeyPrefix));
    }
}
