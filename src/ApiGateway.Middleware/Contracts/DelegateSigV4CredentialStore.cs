namespace ApiGateway.Middleware.Contracts;

/// <summary>A credential store that asks a delegate.</summary>
public sealed class DelegateSigV4CredentialStore : ISigV4CredentialStore
{
    private readonly Func<string, CancellationToken, ValueTask<SigV4Credential?>> _find;

    /// <summary>Initializes a new instance of the <see cref="DelegateSigV4CredentialStore"/> class.</summary>
    /// <param name="find">Finds the access key of an id; called by many requests at once.</param>
    public DelegateSigV4CredentialStore(Func<string, CancellationToken, ValueTask<SigV4Credential?>> find)
    {
        ArgumentNullException.ThrowIfNull(find);
        _find = find;
    }

    /// <inheritdoc/>
    public ValueTask<SigV4Credential?> FindAsync(string accessKeyId, CancellationToken cancellationToken) => _find(accessKeyId, cancellationToken);
}
