using ApiGateway.Middleware.Snapshots;
using Microsoft.IdentityModel.Tokens;

namespace ApiGateway.Middleware.Pipeline.Authorization.Jwt;

/// <summary>A public key of an issuer, checked when it was loaded. Safe for many threads.</summary>
internal sealed class VerificationKey(JsonWebKey key, JwtAlgorithms algorithms, EllipticCurve? curve, string fingerprint)
{
    private const int AlgorithmCount = 9;

    // Of our own: the shared one keeps every key that it has ever seen.
    private static readonly CryptoProviderFactory Factory = new() { CacheSignatureProviders = false };

    private readonly SignatureProvider?[] _providers = new SignatureProvider?[AlgorithmCount];
    private volatile bool _isRetired;

    /// <summary>Gets the key's id, or <see langword="null"/>.</summary>
    public string? Kid { get; } = key.Kid;

    /// <summary>Gets the algorithms of the key: the one it names, or all that fit its type.</summary>
    public JwtAlgorithms Algorithms { get; } = algorithms;

    /// <summary>Gets what tells it from other keys of the same id.</summary>
    public string Fingerprint { get; } = fingerprint;

    /// <summary>Gets whether the issuer has taken the key out of its set: tokens that it verified are forgotten.</summary>
    public bool IsRetired => _isRetired;

    public void Retire() => _isRetired = true;

    /// <summary>Verifies the signature of a token.</summary>
    /// <param name="token">The token; its algorithm must be one of the key's.</param>
    public bool Verify(JwsToken token)
    {
        if (curve is not null && !curve.IsSignature(token.Signature))
        {
            return false;
        }

        if (token.Signature.Length == 0)
        {
            return false;
        }

        return ProviderOf(token.Algorithm).Verify(token.Text, 0, token.SignedLength, token.Signature, 0, token.Signature.Length);
    }

    private SignatureProvider ProviderOf(JwtAlgorithms algorithm)
    {
        ref var place = ref _providers[int.Log2((int)algorithm)];
        if (Volatile.Read(ref place) is { } known)
        {
            return known;
        }

        var made = Factory.CreateForVerifying(key, algorithm.ToString());
        return Interlocked.CompareExchange(ref place, made, null) ?? made;
    }
}
