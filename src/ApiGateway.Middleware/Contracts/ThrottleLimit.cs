namespace ApiGateway.Middleware.Contracts;

/// <summary>A limit of requests per time: a token bucket that starts full, and the name under which it outlives reloads.</summary>
/// <param name="name">The bucket's name, made of the definition's own ids, never of what a caller sends. One bucket has one name.</param>
/// <param name="rateLimit">How many tokens the bucket regains per second, 0 or more; fractions are fine.</param>
/// <param name="burstLimit">How many tokens a full bucket holds, 0 or more.</param>
/// <remarks>
/// Two limits with one name are one bucket: where rate or burst differ, the definition has changed, and the bucket goes on as full, in
/// parts of the whole, as it was.
/// </remarks>
public sealed class ThrottleLimit(string name, double rateLimit, int burstLimit)
{
    // Once for each limit instead of once for each request.
    private readonly int _hash = name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Gets the bucket's name.</summary>
    public string Name { get; } = name;

    /// <summary>Gets how many tokens per second the bucket regains.</summary>
    public double RateLimit { get; } = rateLimit;

    /// <summary>Gets how many tokens a full bucket holds.</summary>
    public int BurstLimit { get; } = burstLimit;

    /// <summary>Gets the id of the API that the limit belongs to.</summary>
    /// <value>The default, the empty string, is for a limit of several APIs.</value>
    public string ApiId { get; init; } = "";

    /// <summary>Gets the id of the usage plan, or the name of the stage, that the limit belongs to.</summary>
    /// <value>The default, the empty string, is for a limit of all of them.</value>
    public string Owner { get; init; } = "";

    /// <summary>Gets the id of the API key that the limit is for. State of one owner and caller can be kept together.</summary>
    /// <value>The default, the empty string, is for a limit that callers share, or that has a bucket for each <see cref="ThrottleLevel.Key"/>.</value>
    public string Caller { get; init; } = "";

    /// <summary>Gets or sets what a store keeps with the limit, so that it need not look for it. The gateway itself never reads it.</summary>
    /// <value>The default is <see langword="null"/>. It goes with the definition. Any thread may write it, and another store may have: check whose it is.</value>
    public object? StoreState { get; set; }

    /// <summary>Gets whether the bucket regains its tokens when requests end, instead of with time.</summary>
    internal bool CountsInFlight { get; init; }

    /// <summary>Gets or sets what the store in memory that was asked last knows of the limit, so that it need not look for it. Any thread may write it.</summary>
    internal object? Memory { get; set; }

    /// <summary>Gets or sets the same of the bucket that callers share.</summary>
    internal object? SharedMemory { get; set; }

    /// <summary>Compares limits by their names alone.</summary>
    internal sealed class ByName : IEqualityComparer<ThrottleLimit>
    {
        public static readonly ByName Instance = new();

        public bool Equals(ThrottleLimit? x, ThrottleLimit? y) =>
            ReferenceEquals(x, y) || (x is not null && y is not null && x._hash == y._hash && x.Name == y.Name);

        public int GetHashCode(ThrottleLimit obj) => obj._hash;
    }
}
