using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>How the answers of a method are cached; there is no plan where none is.</summary>
internal sealed class CachePlan
{
    /// <summary>Gets the cache of the stage.</summary>
    public required ResponseCachePartition Partition { get; init; }

    public required CacheKeyPlan Key { get; init; }

    /// <summary>Gets the methods whose requests are cached: a bit for each number of <see cref="RouteMethod"/>.</summary>
    public required int Methods { get; init; }

    /// <summary>Gets how long answers are fresh.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Gets whether the rules of <see cref="CacheMode.Safe"/> hold.</summary>
    public required bool IsSafe { get; init; }

    public bool IsEncrypted { get; init; }

    /// <summary>Gets whether callers need a permission to get a new answer.</summary>
    public bool GuardsInvalidation { get; init; }

    /// <summary>Gets what becomes of requests for a new answer without that permission.</summary>
    public UnauthorizedCacheControlStrategy Unauthorized { get; init; }

    public CachePolicy Policy { get; init; } = CachePolicy.None;

    public bool Takes(int method) => method >= 0 && (Methods & (1 << method)) != 0;
}
