using System.Text;
using ApiGateway.Middleware.Contracts;
using StackExchange.Redis;

namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>The keys of one stage's cache, all of them with one hash tag, and the generation that is in force as far as this host knows.</summary>
internal sealed class CacheStage
{
    private readonly byte[] _entries;
    private byte[]? _generation;

    public CacheStage(ResponseCachePartition partition, string prefix)
    {
        var stage = $"{prefix}{{gw:{partition.ApiId}:{partition.Stage}}}";
        _entries = Encoding.UTF8.GetBytes($"{stage}:c:");
        GenerationKey = Encoding.UTF8.GetBytes($"{stage}:g");
    }

    /// <summary>Gets the key of the generation.</summary>
    public RedisKey GenerationKey { get; }

    /// <summary>Gets or sets the generation's value as last seen, or <see langword="null"/> if there was none.</summary>
    /// <remarks>One that is out of date does no harm: what is stored under it is never found.</remarks>
    public byte[]? Generation
    {
        get => Volatile.Read(ref _generation);
        set => Volatile.Write(ref _generation, value);
    }

    public RedisKey EntryKey(CacheEntryId id)
    {
        var key = new byte[_entries.Length + CacheEntryId.TextLength];
        _entries.CopyTo(key, 0);
        id.WriteText(key.AsSpan(_entries.Length));
        return key;
    }
}
