using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>The parameters of a query, decoded, with equal names chained. Names are compared by their bytes; case counts.</summary>
internal sealed class QueryTable : IDisposable
{
    private const int Usual = 16;
    private const int Retained = 256;

    /// <summary>Up to here comparing each with each is faster than hashing.</summary>
    private const int Few = 8;

    private readonly PooledBufferWriter _text = new();
    private QueryEntry[] _entries = new QueryEntry[Usual];
    private int[] _buckets = [];
    private int _count;

    /// <summary>Gets the parameters in their order.</summary>
    public ReadOnlySpan<QueryEntry> Entries => _entries.AsSpan(0, _count);

    public ReadOnlySpan<byte> NameOf(in QueryEntry entry) => _text.WrittenSpan[entry.Start..entry.Middle];

    public ReadOnlySpan<byte> ValueOf(in QueryEntry entry) => _text.WrittenSpan[entry.Middle..entry.End];

    /// <summary>Reads a query.</summary>
    /// <param name="query">The query, with or without its question mark.</param>
    public void Read(ReadOnlySpan<char> query)
    {
        if (query.Length < 2)
        {
            return;
        }

        var most = query.Count('&') + 1;
        if (_entries.Length < most)
        {
            _entries = new QueryEntry[most];
        }

        var buckets = BucketsFor(most);
        foreach (var parameter in new QueryParameters(query))
        {
            var start = _text.Length;
            PercentDecoding.Write(_text, parameter.Name, plusIsSpace: true);
            var middle = _text.Length;
            PercentDecoding.Write(_text, parameter.Value, plusIsSpace: true);
            Add(new QueryEntry { Start = start, Middle = middle, End = _text.Length, Next = -1, Last = _count, IsFirst = true }, buckets);
        }
    }

    public void Dispose() => _text.Dispose();

    public void Reset()
    {
        _count = 0;
        _text.Dispose();
        if (_entries.Length > Retained)
        {
            // A huge query must not stay in the pool.
            _entries = new QueryEntry[Usual];
            _buckets = [];
        }
    }

    private void Add(QueryEntry entry, Span<int> buckets)
    {
        var first = buckets.IsEmpty ? FindAmongFew(entry) : FindOrPlace(entry, buckets);
        if (first >= 0)
        {
            entry.IsFirst = false;
            _entries[_entries[first].Last].Next = _count;
            _entries[first].Last = _count;
        }

        _entries[_count++] = entry;
    }

    private int FindAmongFew(in QueryEntry entry)
    {
        var name = NameOf(entry);
        for (var i = 0; i < _count; i++)
        {
            if (_entries[i].IsFirst && NameOf(_entries[i]).SequenceEqual(name))
            {
                return i;
            }
        }

        return -1;
    }

    // Open addressing; HashCode has a seed of its own in each process, so nobody can choose names that collide.
    private int FindOrPlace(in QueryEntry entry, Span<int> buckets)
    {
        var name = NameOf(entry);
        var hash = default(HashCode);
        hash.AddBytes(name);
        var mask = buckets.Length - 1;
        for (var at = hash.ToHashCode() & mask; ; at = (at + 1) & mask)
        {
            var index = buckets[at] - 1;
            if (index < 0)
            {
                buckets[at] = _count + 1;
                return -1;
            }

            if (NameOf(_entries[index]).SequenceEqual(name))
            {
                return index;
            }
        }
    }

    private Span<int> BucketsFor(int most)
    {
        if (most <= Few)
        {
            return [];
        }

        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)most * 2);
        if (_buckets.Length < size)
        {
            _buckets = new int[size];
        }

        var buckets = _buckets.AsSpan(0, size);
        buckets.Clear();
        return buckets;
    }
}
