namespace ApiGateway.Middleware.Contracts;

/// <summary>Knows the callers that sign their requests (AWS Signature Version 4), by the ids of their access keys.</summary>
/// <remarks>One instance serves many requests at once. Throwing is a fault, answered with 500; it never refuses the caller.</remarks>
public interface ISigV4CredentialStore
{
    /// <summary>Finds an access key.</summary>
    /// <param name="accessKeyId">The id, as the caller sent it; only its length and alphabet were checked.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns>The key and its owner, or <see langword="null"/> if there is no such key.</returns>
    ValueTask<SigV4Credential?> FindAsync(string accessKeyId, CancellationToken cancellationToken);
}
