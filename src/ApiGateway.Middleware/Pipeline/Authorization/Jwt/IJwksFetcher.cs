namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>Gets documents of issuers.</summary>
internal interface IJwksFetcher
{
    /// <summary>Gets a document.</summary>
    /// <param name="uri">Its address.</param>
    /// <param name="isConfigured">Whether the host stands in the settings. If it comes from elsewhere, its address must be a public one.</param>
    /// <param name="maxBytes">The longest document.</param>
    /// <param name="cancellationToken">Cancelled when it takes too long.</param>
    /// <exception cref="HttpRequestException">It cannot be had, is too long, or the address is not allowed.</exception>
    Task<JwksDocument> FetchAsync(Uri uri, bool isConfigured, int maxBytes, CancellationToken cancellationToken);
}
