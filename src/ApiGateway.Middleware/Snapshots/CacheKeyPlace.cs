namespace ApiGateway.Middleware.Snapshots;

/// <summary>Where a part of a cache's key comes from.</summary>
internal enum CacheKeyPlace
{
    Path,
    Query,
    Header,

    /// <summary>A variable of <c>$context</c>.</summary>
    Context,
}
