namespace ApiGateway.Middleware.State;

/// <summary>Slots in groups of eight. A key has two groups, by its hash, and is in one of them: a look-up reads at most sixteen slots.</summary>
/// <param name="groups">The number of groups, at least 1.</param>
internal sealed class BucketTable(int groups)
{
    public const int Ways = 8;

    private int _hand;
    private int _emptied;

    public BucketSlot[] Slots { get; } = new BucketSlot[groups * Ways];

    public int Groups => groups;

    /// <summary>Gets where the first group of a hash starts.</summary>
    public int First(ulong hash) => (int)(((hash >> 32) * (ulong)groups) >> 32) * Ways;

    /// <summary>Gets where the second group of a hash starts.</summary>
    public int Second(ulong hash) => (int)(((hash & uint.MaxValue) * (ulong)groups) >> 32) * Ways;

    /// <summary>Finds a key's slot, or gives -1.</summary>
    public int Find(ulong hash, ulong high, ulong low)
    {
        var first = First(hash);
        var found = FindIn(first, high, low);
        return found >= 0 ? found : FindIn(Second(hash), high, low);
    }

    /// <summary>Hands out the next groups to empty, each once.</summary>
    /// <param name="count">How many.</param>
    /// <returns>The first of them, and behind the last; equal if all are handed out.</returns>
    public (int From, int To) NextToEmpty(int count)
    {
        if (Volatile.Read(ref _hand) >= groups)
        {
            return (groups, groups);
        }

        var from = Interlocked.Add(ref _hand, count) - count;
        return (Math.Min(from, groups), Math.Min(from + count, groups));
    }

    /// <summary>Tells that groups are empty.</summary>
    /// <returns>Whether all are.</returns>
    public bool Emptied(int count) => Interlocked.Add(ref _emptied, count) == groups;

    private int FindIn(int start, ulong high, ulong low)
    {
        var group = Slots.AsSpan(start, Ways);
        for (var i = 0; i < group.Length; i++)
        {
            if (group[i].Low == low && group[i].High == high)
            {
                return start + i;
            }
        }

        return -1;
    }
}
