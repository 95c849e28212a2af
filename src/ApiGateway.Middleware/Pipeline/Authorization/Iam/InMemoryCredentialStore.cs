using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>The access keys of the settings, and another store for all others.</summary>
internal sealed class InMemoryCredentialStore(IEnumerable<SigV4Credential> credentials, ISigV4CredentialStore? others = null) : ISigV4CredentialStore
{
    private readonly FrozenDictionary<string, SigV4Credential> _credentials =
        credentials.ToFrozenDictionary(static credential => credential.AccessKeyId, StringComparer.Ordinal);

    public ValueTask<SigV4Credential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) =>
        _credentials.TryGetValue(accessKeyId, out var credential) ? new(credential)
        : others is not null ? others.FindAsync(accessKeyId, cancellationToken)
        : default;
}
