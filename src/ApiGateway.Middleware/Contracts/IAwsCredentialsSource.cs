namespace ApiGateway.Middleware.Contracts;

/// <summary>Gives the keys with which calls to AWS are signed. Register one in the container; the last one wins over the keys in the options.</summary>
/// <remarks>One instance serves many calls at once, and is asked before each: keep the keys until they expire.</remarks>
public interface IAwsCredentialsSource
{
    /// <summary>Gets the keys.</summary>
    /// <param name="cancellationToken">Cancelled when nobody waits any more.</param>
    /// <returns>The keys, or <see langword="null"/> to send calls unsigned.</returns>
    ValueTask<AwsCredentials?> GetAsync(CancellationToken cancellationToken);
}
