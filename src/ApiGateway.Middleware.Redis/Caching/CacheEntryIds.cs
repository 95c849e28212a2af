namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>Gives the ids of keys, and remembers those of keys that were asked for lately: hashing costs more than the rest of a look-up.</summary>
/// <remarks>Each key has one place, which the newest key takes. Whole keys are compared, so no two share an id here that do not anyway.</remarks>
internal sealed class CacheEntryIds
{
    // With keys of the longest kind these are 4 MiB.
    private const int Places = 4096;
    private const int LongestKey = 512;

    private readonly Known?[] _known = new Known?[Places];

    public CacheEntryId Of(ReadOnlySpan<char> key)
    {
        if (key.Length > LongestKey)
        {
            return CacheEntryId.Of(key);
        }

        // Seeded: callers cannot choose keys that share a place.
        ref var place = ref _known[(uint)string.GetHashCode(key, StringComparison.Ordinal) % Places];
        if (Volatile.Read(ref place) is { } known && key.SequenceEqual(known.Key))
        {
            return known.Id;
        }

        var id = CacheEntryId.Of(key);
        Volatile.Write(ref place, new Known(key.ToString(), id));
        return id;
    }

    private sealed class Known(string key, CacheEntryId id)
    {
        public readonly string Key = key;
        public readonly CacheEntryId Id = id;
    }
}
