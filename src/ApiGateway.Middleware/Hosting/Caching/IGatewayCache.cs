namespace ApiGateway.Middleware.Hosting.Caching;

/// <summary>Forgets cached answers. Resolve it from the application's services.</summary>
/// <remarks>Requests that arrive afterwards ask the integration anew, even while an earlier request is still being answered.</remarks>
public interface IGatewayCache
{
    /// <summary>Forgets all answers of a stage; <c>FlushStageCache</c> of the Amazon API Gateway API.</summary>
    /// <param name="apiId">The API's id.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>A task that ends when nothing of them is found any more. It fails if the store does.</returns>
    /// <exception cref="KeyNotFoundException">There is no such stage, or it caches nothing.</exception>
    ValueTask FlushAsync(string apiId, string stage, CancellationToken cancellationToken = default);

    /// <summary>Forgets one answer.</summary>
    /// <param name="apiId">The API's id.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="request">A request that would get this answer.</param>
    /// <param name="cancellationToken">Ends the wait for a store.</param>
    /// <returns>A task that ends when it is not found any more. It fails if the store does.</returns>
    /// <exception cref="KeyNotFoundException">There is no such stage, or it caches nothing of the method.</exception>
    /// <exception cref="NotSupportedException">The key has variables of <c>$context</c>, which only a request has.</exception>
    ValueTask RemoveAsync(string apiId, string stage, CachedRequest request, CancellationToken cancellationToken = default);
}
