using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.State;

/// <summary>Remembers values for a while, and never more than a number of them. Reading takes no lock and allocates nothing.</summary>
/// <remarks>When it is full, an entry that nobody has asked for since the last look gives way (the clock algorithm).</remarks>
/// <typeparam name="TKey">The key, with an equality that callers cannot attack.</typeparam>
/// <typeparam name="TValue">The value, immutable, since many requests share it.</typeparam>
/// <param name="capacity">The largest number of entries, at least 1.</param>
/// <param name="time">Tells when entries are over.</param>
internal sealed class BoundedCache<TKey, TValue>(int capacity, TimeProvider time)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Entry> _entries = new();
    private readonly List<Entry> _ring = [];
    private readonly Lock _gate = new();
    private int _hand;

    /// <summary>Gets the number of entries, with those that are over but not yet replaced.</summary>
    public int Count => _ring.Count;

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_entries.TryGetValue(key, out var entry) && time.GetTimestamp() < entry.Deadline)
        {
            entry.IsUsed = true;
            value = entry.Value;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>Remembers a value; an older one of the same key is forgotten.</summary>
    public void Set(TKey key, TValue value, TimeSpan lifetime)
    {
        if (lifetime <= TimeSpan.Zero)
        {
            return;
        }

        var deadline = time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out var old))
            {
                var replacement = new Entry(key, value, deadline, old.Place);
                _ring[old.Place] = replacement;
                _entries[key] = replacement;
                return;
            }

            var place = _ring.Count < capacity ? _ring.Count : FreePlace();
            var entry = new Entry(key, value, deadline, place);
            if (place == _ring.Count)
            {
                _ring.Add(entry);
            }
            else
            {
                _entries.TryRemove(_ring[place].Key, out _);
                _ring[place] = entry;
            }

            _entries[key] = entry;
        }
    }

    // Ends after at most one round and a step: the first round takes every mark away.
    private int FreePlace()
    {
        var now = time.GetTimestamp();
        while (true)
        {
            var place = _hand;
            _hand = (_hand + 1) % _ring.Count;
            var entry = _ring[place];
            if (!entry.IsUsed || entry.Deadline <= now)
            {
                return place;
            }

            entry.IsUsed = false;
        }
    }

    private sealed class Entry(TKey key, TValue value, long deadline, int place)
    {
        private volatile bool _isUsed;

        public TKey Key { get; } = key;

        public TValue Value { get; } = value;

        public long Deadline { get; } = deadline;

        public int Place { get; } = place;

        public bool IsUsed
        {
            get => _isUsed;
            set
            {
                // Written only when it changes, so that readers on several processors do not fight for the line.
                if (_isUsed != value)
                {
                    _isUsed = value;
                }
            }
        }
    }
}
