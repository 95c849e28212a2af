namespace ApiGateway.Middleware.Contracts;

/// <summary>A key in a usage plan: what usage is counted for, over all stages of the plan, under names that outlive reloads.</summary>
/// <param name="usagePlanId">The plan's id.</param>
/// <param name="keyId">The key's id.</param>
/// <param name="quota">How many requests there are, or <see langword="null"/> if they are only counted.</param>
public sealed class UsageAccount(string usagePlanId, string keyId, QuotaLimit? quota)
{
    private readonly int _hash = HashCode.Combine(usagePlanId, keyId);

    /// <summary>Gets the plan's id.</summary>
    public string UsagePlanId { get; } = usagePlanId;

    /// <summary>Gets the key's id.</summary>
    public string KeyId { get; } = keyId;

    /// <summary>Gets how many requests there are.</summary>
    /// <value>The default, <see langword="null"/>, only counts them.</value>
    public QuotaLimit? Quota { get; } = quota;

    /// <summary>Gets or sets what a store keeps with the account, so that it need not look for it. The gateway itself never reads it.</summary>
    /// <value>The default is <see langword="null"/>. It goes with the definition. Any thread may write it, and another store may have: check whose it is.</value>
    public object? StoreState { get; set; }

    /// <summary>Gets or sets what the store in memory that was asked last knows of the account, so that it need not look for it. Any thread may write it.</summary>
    internal object? Memory { get; set; }

    /// <summary>Compares accounts by plan and key alone.</summary>
    internal sealed class ByName : IEqualityComparer<UsageAccount>
    {
        public static readonly ByName Instance = new();

        public bool Equals(UsageAccount? x, UsageAccount? y) =>
            ReferenceEquals(x, y)
            || (x is not null && y is not null && x._hash == y._hash && x.KeyId == y.KeyId && x.UsagePlanId == y.UsagePlanId);

        public int GetHashCode(UsageAccount obj) => obj._hash;
    }
}
