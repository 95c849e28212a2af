using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>Finds a value by a piece of the path, without making a string of it. Case-sensitive, immutable.</summary>
/// <remarks>
/// The hash is not randomized: only the definition's owner puts keys in, so a caller cannot make look-ups slow. One to four
/// entries are compared in turn, which beats hashing.
/// </remarks>
internal sealed class SegmentTable<T>
    where T : class
{
    public static readonly SegmentTable<T> Empty = new([]);

    private const int HashedFrom = 5;

    private readonly Entry[] _entries;
    private readonly int[] _buckets = [];

    public SegmentTable(IReadOnlyCollection<KeyValuePair<string, T>> items)
    {
        _entries = [.. items.Select(static item => new Entry(item.Key, item.Value, HashOf(item.Key)))];
        if (_entries.Length < HashedFrom)
        {
            return;
        }

        // At most a quarter full, so that a miss ends at the first or second look.
        _buckets = new int[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_entries.Length * 4)];
        for (var i = 0; i < _entries.Length; i++)
        {
            var bucket = _entries[i].Hash & (uint)(_buckets.Length - 1);
            while (_buckets[bucket] != 0)
            {
                bucket = (bucket + 1) & (uint)(_buckets.Length - 1);
            }

            _buckets[bucket] = i + 1;
        }
    }

    public int Count => _entries.Length;

    public IEnumerable<T> Values => _entries.Select(static entry => entry.Value);

    public T? Find(ReadOnlySpan<char> key)
    {
        var entries = _entries;
        var buckets = _buckets;
        if (buckets.Length == 0)
        {
            foreach (ref readonly var entry in entries.AsSpan())
            {
                if (key.SequenceEqual(entry.Key))
                {
                    return entry.Value;
                }
            }

            return null;
        }

        var hash = HashOf(key);
        var mask = (uint)(buckets.Length - 1);
        for (var bucket = hash & mask; ; bucket = (bucket + 1) & mask)
        {
            var index = buckets[bucket] - 1;
            if (index < 0)
            {
                return null;
            }

            ref readonly var entry = ref entries[index];
            if (entry.Hash == hash && key.SequenceEqual(entry.Key))
            {
                return entry.Value;
            }
        }
    }

    private static uint HashOf(ReadOnlySpan<char> key)
    {
        const ulong Mix = 0x9E3779B97F4A7C15;

        var hash = (ulong)key.Length * Mix;
        while (key.Length >= 4)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(key))) * Mix;
            hash ^= hash >> 29;
            key = key[4..];
        }

        foreach (var c in key)
        {
            hash = (hash ^ c) * Mix;
        }

        return (uint)(hash >> 32);
    }

    private readonly record struct Entry(string Key, T Value, uint Hash);
}
