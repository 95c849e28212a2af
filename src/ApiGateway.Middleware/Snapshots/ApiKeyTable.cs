using System.Collections.Frozen;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The values that one stage accepts, by their hashes. Unknown keys, disabled ones and those of other stages all are not there,
/// and all take the same time.</summary>
internal sealed class ApiKeyTable
{
    public static readonly ApiKeyTable Empty = new([]);

    private static readonly UInt128 Nobody = ApiKeyHash.Of("nobody");

    private readonly FrozenDictionary<ulong, ApiKeyEntry> _entries;

    /// <summary>Initializes a new instance of the <see cref="ApiKeyTable"/> class.</summary>
    /// <param name="entries">The values; no two are equal.</param>
    public ApiKeyTable(IEnumerable<ApiKeyEntry> entries) =>
        _entries = entries.ToFrozenDictionary(static entry => ApiKeyHash.Prefix(entry.Hash));

    public int Count => _entries.Count;

    /// <summary>Finds what a value opens.</summary>
    /// <param name="value">What the caller sent.</param>
    /// <param name="now">The time.</param>
    public ApiKeyGrant? Find(ReadOnlySpan<char> value, DateTimeOffset now)
    {
        var hash = ApiKeyHash.Of(value);
        var entry = _entries.GetValueOrDefault(ApiKeyHash.Prefix(hash));
        var isEqual = ApiKeyHash.AreEqual(entry?.Hash ?? Nobody, hash);
        return isEqual && value.Length <= ApiKeyHash.MaxValueLength && entry is not null && !(entry.Expires <= now) ? entry.Grant : null;
    }
}
