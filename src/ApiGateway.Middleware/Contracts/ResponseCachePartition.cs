namespace ApiGateway.Middleware.Contracts;

/// <summary>The cache of one stage: what <c>FlushStageCache</c> empties, and what <c>CacheClusterSize</c> bounds. Immutable.</summary>
public sealed class ResponseCachePartition
{
    /// <summary>Initializes a new instance of the <see cref="ResponseCachePartition"/> class.</summary>
    /// <param name="apiId">The API's id: letters, digits, hyphens and underscores.</param>
    /// <param name="stage">The stage's name, of the same characters.</param>
    /// <param name="maxBytes">How much the stage's answers may take, in bytes; positive.</param>
    public ResponseCachePartition(string apiId, string stage, long maxBytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(apiId);
        ArgumentException.ThrowIfNullOrEmpty(stage);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxBytes);
        (ApiId, Stage, MaxBytes) = (apiId, stage, maxBytes);
        Name = $"{apiId}:{stage}";
    }

    /// <summary>Gets the API's id.</summary>
    public string ApiId { get; }

    /// <summary>Gets the stage's name.</summary>
    public string Stage { get; }

    /// <summary>Gets <c>{apiId}:{stage}</c>, by which partitions are told apart. Their parts have no colon.</summary>
    public string Name { get; }

    /// <summary>Gets how much the stage's answers may take, in bytes; the size of the cache cluster. A store may keep less.</summary>
    public long MaxBytes { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
