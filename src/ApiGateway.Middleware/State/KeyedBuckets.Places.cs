namespace ApiGateway.Middleware.State;

/// <content>How buckets come into the table, and from a small table into a larger one.</content>
internal sealed partial class KeyedBuckets
{
    // Two groups of eight, five in use on average, leave room for everybody: the emptier one is chosen.
    private const double SlotsPerKey = 1.6;
    // Where the first group has so many free slots, the second one is not looked at: look-ups of the key then read one group.
    private const int Roomy = 4;
    private const int FirstGroups = 64;
    private const int Growth = 8;
    private const int CarriedGroups = 4;
    private const int StripeCount = 128;

    private readonly Lock[] _stripes = new Lock[StripeCount];
    private readonly Lock _growing = new();
    private readonly int _maxGroups;
    private BucketTable? _current;

    // What was current before, as long as it has buckets that are not carried over.
    private BucketTable? _old;

    /// <summary>Gets how many buckets there is memory for.</summary>
    public int Slots => (Volatile.Read(ref _current)?.Slots.Length ?? 0) + (Volatile.Read(ref _old)?.Slots.Length ?? 0);

    /// <summary>Counts the buckets that are not full. Reads everything: for tests.</summary>
    public int CountInUse(double now) => CountInUse(Volatile.Read(ref _current), now) + CountInUse(Volatile.Read(ref _old), now);

    private int CountInUse(BucketTable? table, double now) => table is null ? 0 : table.Slots.Count(slot =>
        slot.State is not (BucketSlot.Busy or BucketSlot.Free) && !_limits[slot.Limit].IsFull(BucketSlot.LevelOf(slot.State), now));

    /// <summary>Gives a key a full bucket, or that which it has in the old table.</summary>
    private bool TryPlace(KeyedLimit limit, ulong hash, ulong high, ulong low, double now)
    {
        while (true)
        {
            BucketTable? table;
            bool isPlaced;
            lock (StripeOf(hash))
            {
                table = Volatile.Read(ref _current);
                isPlaced = table is not null && (table.Find(hash, high, low) >= 0
                    || CarryOver(table, hash, high, low, now)
                    || TryPut(table, hash, high, low, limit.Index, limit.FullLevel(now), now));
            }

            if (Volatile.Read(ref _old) is { } old)
            {
                CarrySome(old, now);
            }

            if (isPlaced)
            {
                return true;
            }

            if (!TryGrow(table))
            {
                return false;
            }
        }
    }

    private bool TryCarryOver(ulong hash, ulong high, ulong low, double now)
    {
        lock (StripeOf(hash))
        {
            return Volatile.Read(ref _current) is { } table
                && (table.Find(hash, high, low) >= 0 || CarryOver(table, hash, high, low, now));
        }
    }

    // With the key's lock.
    private bool CarryOver(BucketTable table, ulong hash, ulong high, ulong low, double now)
    {
        if (Volatile.Read(ref _old) is not { } old || old == table || old.Find(hash, high, low) is not (>= 0 and var index))
        {
            return false;
        }

        ref var slot = ref old.Slots[index];
        var state = Interlocked.Exchange(ref slot.State, BucketSlot.Busy);
        if (state == BucketSlot.Busy)
        {
            return false;
        }

        if (!TryPut(table, hash, high, low, slot.Limit, BucketSlot.LevelOf(state), now))
        {
            Volatile.Write(ref slot.State, state);
            return false;
        }

        // Busy for good; without its key nobody finds it.
        slot.High = 0;
        slot.Low = 0;
        return true;
    }

    private void CarrySome(BucketTable old, double now)
    {
        var (from, to) = old.NextToEmpty(CarriedGroups);
        if (from == to)
        {
            return;
        }

        for (var i = from * BucketTable.Ways; i < to * BucketTable.Ways; i++)
        {
            ref var slot = ref old.Slots[i];
            var (high, low) = (slot.High, slot.Low);
            if ((high | low) == 0)
            {
                continue;
            }

            var hash = HashOf(high, low);
            lock (StripeOf(hash))
            {
                if (slot.High == high && slot.Low == low && Volatile.Read(ref _current) is { } table)
                {
                    CarryOver(table, hash, high, low, now);
                }
            }
        }

        if (old.Emptied(to - from))
        {
            Volatile.Write(ref _old, null);
        }
    }

    private bool TryGrow(BucketTable? full)
    {
        lock (_growing)
        {
            if (Volatile.Read(ref _current) != full)
            {
                return true;
            }

            if (Volatile.Read(ref _old) is not null || full?.Groups == _maxGroups)
            {
                return false;
            }

            var next = new BucketTable(NextSize(full?.Groups ?? 0));

            // Nobody may be putting into a table that is to be emptied.
            foreach (var stripe in _stripes)
            {
                stripe.Enter();
            }

            Volatile.Write(ref _old, full);
            Volatile.Write(ref _current, next);
            foreach (var stripe in _stripes)
            {
                stripe.Exit();
            }

            return true;
        }
    }

    // From the bound down, so that each step is a whole one: what is carried over always finds room.
    private int NextSize(int groups)
    {
        var size = _maxGroups;
        while (size / Growth >= FirstGroups && size / Growth > groups)
        {
            size /= Growth;
        }

        return size;
    }

    /// <summary>Writes a bucket into a slot that is free, or whose bucket is full; in the second group if that has more of them and the first has few.</summary>
    private bool TryPut(BucketTable table, ulong hash, ulong high, ulong low, int limit, double level, double now)
    {
        var wait = default(SpinWait);
        while (true)
        {
            var (first, second) = (table.First(hash), table.Second(hash));
            var (place, free) = Look(table, first, now);
            var (otherPlace, otherFree) = Look(table, second, now);
            place = free < Roomy && otherFree > free ? otherPlace : place;
            if (place < 0)
            {
                return false;
            }

            ref var slot = ref table.Slots[place];
            var state = Volatile.Read(ref slot.State);
            if (IsFree(state, slot.Limit, now) && Interlocked.CompareExchange(ref slot.State, BucketSlot.Busy, state) == state)
            {
                slot.High = high;
                slot.Low = low;
                slot.Limit = limit;
                var bits = BucketSlot.BitsOf(level);

                // Who has read the last bucket's number must not take this one for it.
                Volatile.Write(ref slot.State, bits == state ? BucketSlot.BitsOf(double.BitDecrement(level)) : bits);
                return true;
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private (int Place, int Free) Look(BucketTable table, int start, double now)
    {
        var (place, free, isEmpty) = (-1, 0, false);
        for (var i = start; i < start + BucketTable.Ways; i++)
        {
            ref var slot = ref table.Slots[i];
            var state = Volatile.Read(ref slot.State);
            if (!IsFree(state, slot.Limit, now))
            {
                continue;
            }

            free++;
            if (place < 0 || (!isEmpty && state == BucketSlot.Free))
            {
                (place, isEmpty) = (i, state == BucketSlot.Free);
            }
        }

        return (place, free);
    }

    private bool IsFree(long state, int limit, double now) =>
        state == BucketSlot.Free || (state != BucketSlot.Busy && _limits[limit].IsFull(BucketSlot.LevelOf(state), now));

    private void Rescale(KeyedLimit limit, ulong hash, ref BucketSlot slot, ulong high, ulong low, double now)
    {
        lock (StripeOf(hash))
        {
            var state = Volatile.Read(ref slot.State);
            if (state is BucketSlot.Busy or BucketSlot.Free || slot.High != high || slot.Low != low || slot.Limit == limit.Index
                || Interlocked.CompareExchange(ref slot.State, BucketSlot.Busy, state) != state)
            {
                return;
            }

            var level = limit.Rescale(_limits[slot.Limit], BucketSlot.LevelOf(state), now);
            slot.Limit = limit.Index;
            var bits = BucketSlot.BitsOf(level);
            Volatile.Write(ref slot.State, bits == state ? BucketSlot.BitsOf(double.BitDecrement(level)) : bits);
        }
    }

    private Lock StripeOf(ulong hash) => _stripes[(int)(hash % StripeCount)];
}
