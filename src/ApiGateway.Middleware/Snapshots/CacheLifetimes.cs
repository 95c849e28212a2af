using System.Collections.Frozen;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>How long answers of certain statuses are kept.</summary>
/// <param name="byStatus">By status, or by its first digit.</param>
internal sealed class CacheLifetimes(FrozenDictionary<int, TimeSpan> byStatus)
{
    public static CacheLifetimes None { get; } = new(FrozenDictionary<int, TimeSpan>.Empty);

    /// <summary>Finds the time of a status; that of the very status before that of its class.</summary>
    public TimeSpan? Of(int status) =>
        byStatus.TryGetValue(status, out var exact) ? exact : byStatus.TryGetValue(status / 100, out var ofClass) ? ofClass : null;
}
