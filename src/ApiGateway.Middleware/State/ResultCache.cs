using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ApiGateway.Middleware.State;

/// <summary>Remembers results for a while, at most as many as its capacity. Any number of threads may use it.</summary>
/// <remarks>
/// What was not read lately goes first: a hand passes over the entries in the order of their arrival, spares those that were read since
/// it last came by, and drops the others. Reading takes no lock and allocates nothing.
/// </remarks>
internal sealed class ResultCache<TValue>(int capacity, TimeProvider time)
    where TValue : class
{
    private readonly ConcurrentDictionary<ResultKey, Entry> _entries = new();
    private readonly Queue<Entry> _order = new();
    private readonly Lock _lock = new();

    /// <summary>Gets how many results are kept, expired ones included.</summary>
    public int Count => _entries.Count;

    public bool TryGet(ResultKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (_entries.TryGetValue(key, out var entry) && time.GetTimestamp() < entry.Expires)
        {
            if (!entry.WasRead)
            {
                entry.WasRead = true;
            }

            value = entry.Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Remembers a result in place of an earlier one.</summary>
    public void Set(ResultKey key, TValue value, TimeSpan lifetime)
    {
        var expires = time.GetTimestamp() + (long)(lifetime.TotalSeconds * time.TimestampFrequency);
        var entry = new Entry(key, value, expires);
        lock (_lock)
        {
            _entries[key] = entry;
            _order.Enqueue(entry);

            // Replaced entries are still in the queue, so it, and not the table, is what must not grow.
            while (_order.Count > capacity)
            {
                DropOne();
            }
        }
    }

    private void DropOne()
    {
        var now = time.GetTimestamp();

        // Each is spared once at most, so this ends.
        while (_order.TryDequeue(out var oldest))
        {
            var isCurrent = _entries.TryGetValue(oldest.Key, out var current) && ReferenceEquals(current, oldest);
            if (isCurrent && oldest.WasRead && now < oldest.Expires)
            {
                oldest.WasRead = false;
                _order.Enqueue(oldest);
                continue;
            }

            if (isCurrent)
            {
                _entries.TryRemove(oldest.Key, out _);
            }

            return;
        }
    }

    private sealed class Entry(ResultKey key, TValue value, long expires)
    {
        public ResultKey Key { get; } = key;

        public TValue Value { get; } = value;

        public long Expires { get; } = expires;

        /// <summary>Gets or sets whether it was read since the hand last came by. A lost write costs nothing but a result.</summary>
        public bool WasRead { get; set; }
    }
}
