using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ApiGateway.Middleware.Context;

/// <summary>Makes one short text of all that is known of a caller, so that caches can tell callers apart.</summary>
/// <remarks>
/// All of it, and not the principal's id alone: an authorizer may give every caller the same id, and say in its context which tenant is
/// meant. Left out is what is another one in each token of the same caller.
/// </remarks>
internal static class CallerFingerprint
{
    // RFC 7519 4.1, OpenID Connect Core 2, and what Amazon Cognito adds.
    private static readonly FrozenSet<string> OfTheToken = new[]
    {
        "exp", "iat", "nbf", "jti", "auth_time", "origin_jti", "event_id", "nonce", "at_hash", "c_hash",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string? Of(CallerIdentity caller)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isKnown = Add(hash, caller.PrincipalId);
        isKnown |= AddMap(hash, caller.Values);
        isKnown |= AddMap(hash, caller.Claims ?? FrozenDictionary<string, string>.Empty);
        isKnown |= AddSigned(hash, caller.Signed);

        // Where a token was read, its claims are there already.
        if (caller.Claims is null && caller.User is { } user)
        {
            foreach (var claim in user.Claims)
            {
                if (!OfTheToken.Contains(claim.Type))
                {
                    Add(hash, claim.Issuer);
                    Add(hash, claim.Type);
                    isKnown |= Add(hash, claim.Value);
                }
            }
        }

        return isKnown ? Convert.ToBase64String(hash.GetHashAndReset()) : null;
    }

    private static bool AddSigned(IncrementalHash hash, SignedIdentity? signed) =>
        Add(hash, signed?.AccountId) | Add(hash, signed?.Caller) | Add(hash, signed?.UserArn) | Add(hash, signed?.CognitoIdentityId)
        | Add(hash, signed?.CognitoIdentityPoolId);

    private static bool AddMap(IncrementalHash hash, FrozenDictionary<string, string> values)
    {
        var isKnown = false;
        foreach (var (name, value) in values.OrderBy(static item => item.Key, StringComparer.Ordinal))
        {
            if (!OfTheToken.Contains(name))
            {
                Add(hash, name);
                isKnown |= Add(hash, value);
            }
        }

        // The end of the map: what follows is no name of it.
        Add(hash, null);
        return isKnown;
    }

    // Each text behind its length; one that is absent has a length that no text has.
    private static bool Add(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
        hash.AppendData(length);
        hash.AppendData(MemoryMarshal.AsBytes(text.AsSpan()));
        return text is not null;
    }
}
