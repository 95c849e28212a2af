using System.Collections.Frozen;
using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>The access keys of the settings.</summary>
internal sealed class InMemoryCredentialStore(IEnumerable<SigV4Credential> credentials) : ISigV4CredentialStore
{
    private readonly FrozenDictionary<string, SigV4Credential> _credentials =
        credentials.ToFrozenDictionary(static credential => credential.AccessKeyId, StringComparer.Ordinal);

    public ValueTask<SigV4Credential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) =>
        new(_credentials.GetValueOrDefault(accessKeyId));
}
