using System.Runtime.InteropServices;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Signing;
using ApiGateway.Middleware.State;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>The derived keys of a day, since deriving one costs four hashes.</summary>
internal sealed class SigningKeyCache(TimeProvider time)
{
    private const int Capacity = 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly BoundedCache<Day, byte[]> _keys = new(Capacity, time);

    /// <summary>Gets the key that a credential has in a scope.</summary>
    public ReadOnlySpan<byte> Get(SigV4Credential credential, in CredentialScope scope)
    {
        // The secret's version is part of the key: a new secret of an old id does not meet the old one's key.
        var day = new Day(credential.AccessKeyId, credential.SecretVersion, scope);
        if (!_keys.TryGet(day, out var key))
        {
            key = new byte[SignatureV4.Size];
            SignatureV4.DeriveKey(credential.Secret, scope, key);
            _keys.Set(day, key, Lifetime);
        }

        return key;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Day(string AccessKeyId, UInt128 SecretVersion, CredentialScope Scope);
}
