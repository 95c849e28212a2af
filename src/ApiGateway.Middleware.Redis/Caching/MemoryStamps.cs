namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>Tells whether an answer that was read from Redis may have been replaced, removed or flushed meanwhile.</summary>
/// <remarks>Read a stamp before reading; keep in memory what was read only if the stamp is the same after it was put there.</remarks>
internal sealed class MemoryStamps
{
    // Entries share stripes: one too many is left out of memory now and then, and found in Redis.
    private const int Stripes = 1024;

    private readonly long[] _entries = new long[Stripes];
    private long _all;

    public long Of(CacheEntryId id) => Volatile.Read(ref _all) + Volatile.Read(ref _entries[id.Stripe(Stripes)]);

    /// <summary>Marks an entry as changed and gives its new stamp.</summary>
    public long Change(CacheEntryId id) => Interlocked.Increment(ref _entries[id.Stripe(Stripes)]) + Volatile.Read(ref _all);

    /// <summary>Marks all entries as changed.</summary>
    public void ChangeAll() => Interlocked.Increment(ref _all);
}
