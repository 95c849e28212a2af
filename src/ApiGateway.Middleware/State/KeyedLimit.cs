namespace ApiGateway.Middleware.State;

/// <summary>What the slots of one limit have in common: its numbers, and a secret that tells its keys from those of other limits.</summary>
/// <param name="owner">The buckets that it belongs to.</param>
/// <param name="index">Its place among their limits. Another rate or burst is another place.</param>
/// <param name="rate">How many tokens per second a bucket regains.</param>
/// <param name="capacity">How many tokens a full bucket holds.</param>
/// <param name="countsInFlight">Whether tokens come back when requests end.</param>
/// <param name="secret">The secret, the same for limits of one name.</param>
internal sealed class KeyedLimit(KeyedLimits owner, int index, double rate, double capacity, bool countsInFlight, UInt128 secret)
{
    private readonly ulong _high = (ulong)(secret >> 64);
    private readonly ulong _low = (ulong)secret;

    public KeyedLimits Owner => owner;

    public int Index => index;

    public double Rate => rate;

    public double Capacity => capacity;

    public UInt128 Secret => secret;

    /// <summary>Gets what a slot has as the key of a caller. Limits of one name, whatever their numbers, have the same.</summary>
    public (ulong High, ulong Low) KeyOf(UInt128 caller)
    {
        var (high, low) = (_high + (ulong)(caller >> 64), _low ^ (ulong)caller);
        return (high | low) == 0 ? (0, 1) : (high, low);
    }

    public double FullLevel(double now) => capacity - (rate * now);

    /// <summary>Tells whether nobody can tell the bucket from a new one.</summary>
    public bool IsFull(double level, double now) => level + (rate * now) >= capacity;

    /// <summary>Gets the level of a bucket that had another limit of this name: as full in parts of the whole; where requests are counted
    /// that have not ended, less by as many as before.</summary>
    public double Rescale(KeyedLimit old, double level, double now)
    {
        var tokens = Math.Min(old.Capacity, level + (old.Rate * now));
        tokens = countsInFlight ? capacity - (old.Capacity - tokens)
            : old.Capacity > 0 ? tokens / old.Capacity * capacity
            : capacity;
        return tokens - (rate * now);
    }
}
