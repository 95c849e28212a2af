namespace ApiGateway.Middleware.State;

/// <summary>A token bucket: holds <paramref name="capacity"/> requests, starts full, regains <paramref name="rate"/> per second.</summary>
/// <remarks>
/// The whole state is one number, so that one compare-and-swap takes or gives back: the level that an uncapped bucket would have
/// had at time 0. At time t it holds <c>min(capacity, level + rate * t)</c>. Taking subtracts a whole number, which a double does without
/// rounding below 2^53, so nothing drifts. A caller whose clock reading is older than another's sees fewer tokens, never more.
/// Source: "Throttle requests to your REST APIs for better throughput in API Gateway".
/// </remarks>
/// <param name="rate">How many tokens per second it regains.</param>
/// <param name="capacity">How many tokens it holds when it is full.</param>
/// <param name="tokens">How many it holds now.</param>
/// <param name="now">The time, in seconds.</param>
/// <param name="owner">The buckets that it is one of.</param>
internal sealed class TokenBucket(double rate, double capacity, double tokens, double now, ThrottleBuckets? owner = null)
{
    // Fractions of a second have no exact form: 0.1 s at 10,000 per second may come out below 1,000 by that much.
    private const double Tolerance = 1e-6;

    private double _level = tokens - (rate * now);

    public ThrottleBuckets? Owner => owner;

    public bool IsClosed => double.IsNaN(Volatile.Read(ref _level));

    public double Rate => rate;

    public double Capacity => capacity;

    public double TokensAt(double now) => Math.Min(capacity, Volatile.Read(ref _level) + (rate * now));

    /// <summary>Takes a request's tokens.</summary>
    /// <param name="cost">How many; with 0, the bucket must not be in debt.</param>
    /// <param name="now">The time, in seconds.</param>
    /// <param name="remaining">What the bucket holds afterwards.</param>
    public TokenBucketResult TryTake(int cost, double now, out double remaining)
    {
        var level = Volatile.Read(ref _level);
        while (true)
        {
            if (double.IsNaN(level))
            {
                remaining = level;
                return TokenBucketResult.Closed;
            }

            var filled = rate * now;
            var capped = Math.Min(level, capacity - filled);
            remaining = capped + filled;
            if (remaining < cost - Tolerance)
            {
                return TokenBucketResult.Empty;
            }

            var seen = Interlocked.CompareExchange(ref _level, capped - cost, level);
            if (seen.Equals(level))
            {
                remaining -= cost;
                return TokenBucketResult.Taken;
            }

            level = seen;
        }
    }

    /// <summary>Undoes a taking. The next reading caps what is too much.</summary>
    /// <returns>False if the bucket is closed.</returns>
    public bool TryGiveBack(int cost)
    {
        var level = Volatile.Read(ref _level);
        while (!double.IsNaN(level))
        {
            var seen = Interlocked.CompareExchange(ref _level, level + cost, level);
            if (seen.Equals(level))
            {
                return true;
            }

            level = seen;
        }

        return false;
    }

    /// <summary>Takes tokens whether they are there or not.</summary>
    /// <returns>False if the bucket is closed.</returns>
    public bool TryCharge(int cost, double now, out double remaining)
    {
        var level = Volatile.Read(ref _level);
        while (!double.IsNaN(level))
        {
            var filled = rate * now;
            var capped = Math.Min(level, capacity - filled);
            var seen = Interlocked.CompareExchange(ref _level, capped - cost, level);
            if (seen.Equals(level))
            {
                remaining = capped + filled - cost;
                return true;
            }

            level = seen;
        }

        remaining = level;
        return false;
    }

    /// <summary>Ends the bucket, so that nobody takes from it while another replaces it.</summary>
    /// <returns>The tokens that it had, or NaN if it was closed before.</returns>
    public double Close(double now)
    {
        var level = Interlocked.Exchange(ref _level, double.NaN);
        return double.IsNaN(level) ? level : Math.Min(capacity, level + (rate * now));
    }

    /// <summary>Ends the bucket if it is full: then nobody can tell it from a new one.</summary>
    public bool TryCloseFull(double now)
    {
        var level = Volatile.Read(ref _level);
        return level + (rate * now) >= capacity
            && Interlocked.CompareExchange(ref _level, double.NaN, level).Equals(level);
    }
}
