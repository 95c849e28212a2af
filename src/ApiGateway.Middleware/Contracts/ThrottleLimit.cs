namespace ApiGateway.Middleware.Contracts;

/// <summary>A limit of requests per time, with the name under which its bucket outlives reloads.</summary>
/// <remarks>
/// Names are made of the definition's own ids, never of what a caller sends: so there are as many buckets as definitions ask for.
/// </remarks>
internal sealed class ThrottleLimit(string name, double rateLimit, int burstLimit)
{
    // Once for each limit instead of once for each request.
    private readonly int _hash = name.GetHashCode(StringComparison.Ordinal);

    public string Name { get; } = name;

    /// <summary>Gets how many requests per second the bucket regains.</summary>
    public double RateLimit { get; } = rateLimit;

    /// <summary>Gets how many requests a full bucket holds.</summary>
    public int BurstLimit { get; } = burstLimit;

    /// <summary>Compares limits by their names alone.</summary>
    internal sealed class ByName : IEqualityComparer<ThrottleLimit>
    {
        public static readonly ByName Instance = new();

        public bool Equals(ThrottleLimit? x, ThrottleLimit? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x._hash == y._hash && x.Name == y.Name);

        public int GetHashCode(ThrottleLimit obj) => obj._hash;
    }
}
