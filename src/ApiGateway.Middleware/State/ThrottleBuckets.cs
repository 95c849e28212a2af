using System.Collections.Concurrent;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.State;

/// <summary>The buckets of this process by the names of their limits.</summary>
/// <remarks>
/// They outlive reloads: a limit with another rate or burst gets a bucket that is as full, in parts of the whole, as the old one was.
/// What is full can go, because a new bucket is full, too; that is how buckets of removed limits end. A sweep runs whenever the number
/// of buckets has doubled since the last one.
/// </remarks>
internal sealed class ThrottleBuckets(TimeProvider time)
{
    private const int FirstSweep = 1024;

    private readonly ConcurrentDictionary<ThrottleLimit, TokenBucket> _buckets = new(ThrottleLimit.ByName.Instance);
    private readonly long _start = time.GetTimestamp();
    private int _count;
    private int _nextSweep = FirstSweep;

    /// <summary>Gets the number of buckets.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Gets the time, in seconds since these buckets were made.</summary>
    public double Now => (time.GetTimestamp() - _start) / (double)time.TimestampFrequency;

    /// <summary>Takes tokens, if there are as many.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="cost">How many.</param>
    /// <param name="now">The time, in seconds.</param>
    /// <param name="remaining">What the bucket holds afterwards.</param>
    public bool TryTake(ThrottleLimit limit, int cost, double now, out double remaining)
    {
        var wait = default(SpinWait);
        while (true)
        {
            switch (BucketOf(limit, now).TryTake(cost, now, out remaining))
            {
                case TokenBucketResult.Taken:
                    return true;
                case TokenBucketResult.Empty:
                    return false;
            }

            wait.SpinOnce();
        }
    }

    /// <summary>Undoes a taking. A bucket that has gone in between was full.</summary>
    public void GiveBack(ThrottleLimit limit, int cost)
    {
        var wait = default(SpinWait);
        while (_buckets.TryGetValue(limit, out var bucket) && !bucket.TryGiveBack(cost))
        {
            // Closed: its successor is about to be there.
            wait.SpinOnce();
        }
    }

    /// <summary>Takes tokens whether they are there or not.</summary>
    /// <returns>What the bucket holds afterwards; below 0 if it is in debt.</returns>
    public double Charge(ThrottleLimit limit, int cost, double now)
    {
        var wait = default(SpinWait);
        double remaining;
        while (!BucketOf(limit, now).TryCharge(cost, now, out remaining))
        {
            wait.SpinOnce();
        }

        return remaining;
    }

    /// <summary>Gets what a limit's bucket holds.</summary>
    public double TokensOf(ThrottleLimit limit) => BucketOf(limit, Now).TokensAt(Now);

    /// <summary>Removes buckets that are full.</summary>
    public void Sweep()
    {
        var now = Now;
        foreach (var (limit, bucket) in _buckets)
        {
            if (bucket.TryCloseFull(now) && _buckets.TryRemove(new KeyValuePair<ThrottleLimit, TokenBucket>(limit, bucket)))
            {
                Interlocked.Decrement(ref _count);
            }
        }

        Volatile.Write(ref _nextSweep, Math.Max(FirstSweep, 2 * Count));
    }

    // The limit remembers its bucket as long as that is open: a look-up costs more than the bucket.
    private TokenBucket BucketOf(ThrottleLimit limit, double now) =>
        limit.SharedMemory is TokenBucket known && known.Owner == this && !known.IsClosed ? known : Find(limit, now);

    private TokenBucket Find(ThrottleLimit limit, double now)
    {
        while (true)
        {
            if (!_buckets.TryGetValue(limit, out var bucket))
            {
                Add(limit, now);
            }
            else if (bucket.Rate.Equals(limit.RateLimit) && bucket.Capacity.Equals(limit.BurstLimit))
            {
                limit.SharedMemory = bucket;
                return bucket;
            }
            else
            {
                Replace(limit, bucket, now);
            }
        }
    }

    private void Add(ThrottleLimit limit, double now)
    {
        if (_buckets.TryAdd(limit, new TokenBucket(limit.RateLimit, limit.BurstLimit, limit.BurstLimit, now, this))
            && Interlocked.Increment(ref _count) >= Volatile.Read(ref _nextSweep))
        {
            // Later ones wait for the next doubling, even while this one runs.
            Volatile.Write(ref _nextSweep, int.MaxValue);
            Sweep();
        }
    }

    private void Replace(ThrottleLimit limit, TokenBucket bucket, double now)
    {
        var tokens = bucket.Close(now);
        if (double.IsNaN(tokens))
        {
            return;
        }

        var part = bucket.Capacity > 0 ? tokens / bucket.Capacity : 1;

        // Only who has closed a bucket puts another in its place.
        _buckets[limit] = new TokenBucket(limit.RateLimit, limit.BurstLimit, part * limit.BurstLimit, now, this);
    }
}
