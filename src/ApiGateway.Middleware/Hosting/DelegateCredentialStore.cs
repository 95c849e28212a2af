using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Hosting;

/// <summary>A store of access keys that is a delegate.</summary>
internal sealed class DelegateCredentialStore(Func<string, CancellationToken, ValueTask<SigV4Credential?>> find) : ISigV4CredentialStore
{
    public ValueTask<SigV4Credential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => find(accessKeyId, cancellationToken);
}
