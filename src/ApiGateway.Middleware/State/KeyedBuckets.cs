using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>A bucket for each caller of each limit, in a table of bounded size.</summary>
/// <remarks>
/// <para>Takers take no lock: they find a slot and swap its number. A bucket that is full looks like a new one, so its slot is free to be
/// had; one that lacks anything is never given up. Where a newcomer finds its sixteen slots in use, the table grows eightfold, and every
/// newcomer then carries some of the old table over; at the bound there is no room for it, until buckets fill up again.</para>
/// <para>Newcomers of one key are let in one after the other, by one lock of many. Where a key's slots are depends on a secret, so nobody
/// can aim at them.</para>
/// </remarks>
internal sealed partial class KeyedBuckets
{
    public const int DefaultMaxKeys = 1_000_000;

    // Fractions of a second have no exact form; see TokenBucket.
    private const double Tolerance = 1e-6;

    private readonly KeyedLimits _limits = new();
    private readonly ulong _firstSeed;
    private readonly ulong _secondSeed;

    /// <summary>Initializes a new instance of the <see cref="KeyedBuckets"/> class.</summary>
    /// <param name="maxKeys">How many keys have room for sure, at least 1. Memory is allocated when it is needed.</param>
    public KeyedBuckets(int maxKeys = DefaultMaxKeys)
    {
        _maxGroups = (int)Math.Max(2, (long)(maxKeys * SlotsPerKey) / BucketTable.Ways);
        Span<byte> seeds = stackalloc byte[16];
        RandomNumberGenerator.Fill(seeds);
        (_firstSeed, _secondSeed) = (BitConverter.ToUInt64(seeds), BitConverter.ToUInt64(seeds[8..]));
        for (var i = 0; i < _stripes.Length; i++)
        {
            _stripes[i] = new Lock();
        }
    }

    /// <summary>Takes tokens of a key's bucket, if there are as many.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="key">What tells its callers apart.</param>
    /// <param name="cost">How many.</param>
    /// <param name="now">The time, in seconds; what all calls have in common matters, not where it begins.</param>
    /// <param name="remaining">What the bucket holds afterwards.</param>
    public KeyedResult TryTake(ThrottleLimit limit, UInt128 key, int cost, double now, out double remaining) =>
        Take(limit, key, cost, cost - Tolerance, now, out remaining);

    /// <summary>Takes tokens whether they are there or not, or gives some back.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="key">What tells its callers apart.</param>
    /// <param name="cost">How many; below 0 to give back.</param>
    /// <param name="now">The time, in seconds.</param>
    /// <param name="remaining">What the bucket holds afterwards; below 0 if it is in debt.</param>
    public KeyedResult Charge(ThrottleLimit limit, UInt128 key, int cost, double now, out double remaining) =>
        Take(limit, key, cost, double.NegativeInfinity, now, out remaining);

    /// <summary>Undoes a taking. The next reading caps what is too much.</summary>
    /// <returns>False if the key has no bucket any more, because it was full, or because it never had one.</returns>
    public bool GiveBack(ThrottleLimit limit, UInt128 key, int cost, double now)
    {
        var own = _limits.Of(limit);
        var (high, low) = own.KeyOf(key);
        var hash = HashOf(high, low);
        var wait = default(SpinWait);
        while (true)
        {
            if (Volatile.Read(ref _current) is not { } table)
            {
                return false;
            }

            var index = table.Find(hash, high, low);
            if (index < 0)
            {
                if (Volatile.Read(ref _old) is null || !TryCarryOver(hash, high, low, now))
                {
                    return false;
                }

                continue;
            }

            ref var slot = ref table.Slots[index];
            var state = Volatile.Read(ref slot.State);
            if (slot.Low == low && slot.High == high && state is not (BucketSlot.Busy or BucketSlot.Free)
                && Interlocked.CompareExchange(ref slot.State, BucketSlot.BitsOf(BucketSlot.LevelOf(state) + cost), state) == state)
            {
                return true;
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private KeyedResult Take(ThrottleLimit limit, UInt128 key, int cost, double least, double now, out double remaining)
    {
        var own = _limits.Of(limit);
        var (high, low) = own.KeyOf(key);
        var hash = HashOf(high, low);
        var wait = default(SpinWait);
        while (true)
        {
            var table = Volatile.Read(ref _current);
            var index = table is null ? -1 : table.Find(hash, high, low);
            if (index < 0)
            {
                if (!TryPlace(own, hash, high, low, now))
                {
                    remaining = double.NaN;
                    return KeyedResult.NoRoom;
                }

                continue;
            }

            ref var slot = ref table!.Slots[index];
            var state = Volatile.Read(ref slot.State);
            if (slot.Low != low || slot.High != high || state is BucketSlot.Busy or BucketSlot.Free)
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            if (slot.Limit != own.Index)
            {
                Rescale(own, hash, ref slot, high, low, now);
                continue;
            }

            var filled = own.Rate * now;
            var capped = Math.Min(BucketSlot.LevelOf(state), own.Capacity - filled);
            remaining = capped + filled;
            if (remaining < least)
            {
                return KeyedResult.Empty;
            }

            if (Interlocked.CompareExchange(ref slot.State, BucketSlot.BitsOf(capped - cost), state) == state)
            {
                remaining -= cost;
                return KeyedResult.Taken;
            }
        }
    }

    // Of bits that others may know and a secret: both halves matter to every bit of the product.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong HashOf(ulong high, ulong low)
    {
        var upper = Math.BigMul(high ^ _firstSeed, low ^ _secondSeed, out var lower);
        upper = Math.BigMul(upper ^ _secondSeed, lower ^ _firstSeed, out lower);
        return upper ^ BitOperations.RotateLeft(lower, 32);
    }
}
