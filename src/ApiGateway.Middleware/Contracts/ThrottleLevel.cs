using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Contracts;

/// <summary>One of the buckets that a request takes from, and what the store found there.</summary>
[StructLayout(LayoutKind.Auto)]
public record struct ThrottleLevel
{
    /// <summary>Gets the bucket's limit.</summary>
    public ThrottleLimit Limit { get; init; }

    /// <summary>Gets the hash of what tells the limit's callers apart: each value has a bucket of its own.</summary>
    /// <value>The default, 0, is the one bucket of a limit that is shared.</value>
    public UInt128 Key { get; init; }

    /// <summary>Gets how many tokens the request takes.</summary>
    /// <value>The default of <see cref="ThrottleRequest.Add"/> is 1. With 0 the request is let in unless the bucket is in debt. Below 0
    /// only in <see cref="IThrottleStore.ChargeAsync"/>, where it gives back.</value>
    public int Cost { get; init; }

    /// <summary>Gets whether the level only counts: it never refuses, and takes its tokens if it has them.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Gets or sets whether the bucket had too few tokens. Written by the store.</summary>
    public bool IsExceeded { get; set; }

    /// <summary>Gets or sets how many tokens the bucket holds after the decision; below 0 if it is in debt. Written by the store.</summary>
    /// <value><see cref="double.NaN"/> if the store did not look, because an earlier level refused or the store was not there.</value>
    public double Remaining { get; set; }

    /// <summary>Gets the time until the bucket is full, from now on.</summary>
    /// <value><see cref="TimeSpan.MaxValue"/> for a bucket that never fills; <see cref="TimeSpan.Zero"/> if nobody looked.</value>
    public readonly TimeSpan FullAfter => TimeFor(Limit.BurstLimit);

    /// <summary>Gets the time until the bucket holds <see cref="Cost"/> again, at least one token.</summary>
    /// <value><see cref="TimeSpan.MaxValue"/> for a bucket that never will; <see cref="TimeSpan.Zero"/> if it does already.</value>
    public readonly TimeSpan RetryAfter =>
        Math.Max(1, Cost) > Limit.BurstLimit ? TimeSpan.MaxValue : TimeFor(Math.Max(1, Cost));

    private readonly TimeSpan TimeFor(double tokens)
    {
        var missing = tokens - Remaining;
        if (!(missing > 0))
        {
            return TimeSpan.Zero;
        }

        var seconds = missing / Limit.RateLimit;
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }
}
