using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.State;

/// <summary>A place for one bucket of a <see cref="BucketTable"/>: 32 bytes, two to a cache line.</summary>
/// <remarks>
/// <see cref="State"/> is the level that an uncapped bucket would have had at time 0, as bits, so that one compare-and-swap takes from it
/// (see <see cref="TokenBucket"/>). Whoever has set it to <see cref="Busy"/> alone may write the other members, and ends by writing it.
/// Who takes reads it first, compares the key then, and swaps last: a bucket that went in between has changed it.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct BucketSlot
{
    /// <summary>Nothing is here; what new memory holds.</summary>
    public const long Free = 0;

    /// <summary>Somebody is writing, or the bucket has moved to another table for good. No level has these bits: they are no number.</summary>
    public const long Busy = -1;

    /// <summary>The key; both parts are 0 only where there is none.</summary>
    public ulong High;

    public ulong Low;

    public long State;

    /// <summary>The limit, by its place in <see cref="KeyedLimits"/>.</summary>
    public int Limit;

    /// <summary>Gets the bits of a level, which never look like <see cref="Free"/>.</summary>
    public static long BitsOf(double level)
    {
        var bits = BitConverter.DoubleToInt64Bits(level);
        return bits == Free ? 1 : bits;
    }

    public static double LevelOf(long bits) => BitConverter.Int64BitsToDouble(bits);
}
