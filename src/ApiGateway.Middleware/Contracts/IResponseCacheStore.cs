namespace ApiGateway.Middleware.Contracts;

/// <summary>Keeps the answers of cached methods. The default keeps them in this process's memory.</summary>
/// <remarks>
/// <para>One instance serves all APIs, and many requests at once. Keys hold what callers send, so whatever a store keeps needs a bound
/// and a rule for what gives way. Answers are immutable: a store may hand one object to many requests.</para>
/// <para>A store that is down, slow or full has no answer, and keeps none. It should say so by returning, after a short wait of its own;
/// if it throws, the gateway counts the failure and goes on as after a miss. No failure reaches the caller.</para>
/// <para>A member that need not wait ends synchronously, and then should allocate nothing on a hit.</para>
/// </remarks>
public interface IResponseCacheStore
{
    /// <summary>Finds an answer.</summary>
    /// <param name="partition">The cache of which stage.</param>
    /// <param name="key">The key: any characters, compared one by one. Valid until the call returns, so a store that waits has to copy or hash it first.</param>
    /// <param name="cancellationToken">Cancelled when the caller goes away.</param>
    /// <returns>The answer, or <see langword="null"/> if there is none before its <see cref="CachedResponse.KeptUntil"/>.</returns>
    ValueTask<CachedResponse?> GetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken);

    /// <summary>Keeps an answer until <see cref="CachedResponse.KeptUntil"/>, or less long. An older one of the same key is forgotten,
    /// even if there is no room for the new one.</summary>
    /// <param name="partition">The cache of which stage.</param>
    /// <param name="key">The key; valid until the call returns.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was kept, as far as the store knows.</returns>
    ValueTask<bool> SetAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CachedResponse response, CancellationToken cancellationToken);

    /// <summary>Forgets one answer.</summary>
    /// <param name="partition">The cache of which stage.</param>
    /// <param name="key">The key; valid until the call returns.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when later look-ups no longer find it. A store that cannot do that fails the task.</returns>
    ValueTask RemoveAsync(ResponseCachePartition partition, ReadOnlySpan<char> key, CancellationToken cancellationToken);

    /// <summary>Forgets all answers of a stage.</summary>
    /// <param name="partition">The cache of which stage.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when later look-ups find none of them. A store that cannot do that fails the task.</returns>
    ValueTask FlushAsync(ResponseCachePartition partition, CancellationToken cancellationToken);
}
