using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ApiGateway.Middleware.Contracts;

/// <summary>An access key and its owner. Immutable but for <see cref="Clear"/>; never prints its secrets.</summary>
public sealed class SigV4Credential
{
    private readonly byte[] _secret;
    private volatile bool _isCleared;
    private readonly bool _isActive = true;

    /// <summary>Initializes a new instance of the <see cref="SigV4Credential"/> class.</summary>
    /// <param name="accessKeyId">The id of the key.</param>
    /// <param name="secretAccessKey">The secret, as UTF-8; copied.</param>
    /// <exception cref="ArgumentException">The id or the secret is empty.</exception>
    public SigV4Credential(string accessKeyId, ReadOnlySpan<byte> secretAccessKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        if (secretAccessKey.IsEmpty)
        {
            throw new ArgumentException("The secret of an access key must not be empty.", nameof(secretAccessKey));
        }

        AccessKeyId = accessKeyId;
        _secret = secretAccessKey.ToArray();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secretAccessKey, hash);
        SecretVersion = BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>Initializes a new instance of the <see cref="SigV4Credential"/> class.</summary>
    /// <param name="accessKeyId">The id of the key.</param>
    /// <param name="secretAccessKey">The secret.</param>
    /// <exception cref="ArgumentException">The id or the secret is empty.</exception>
    public SigV4Credential(string accessKeyId, string secretAccessKey)
        : this(accessKeyId, Encoding.UTF8.GetBytes(secretAccessKey ?? ""))
    {
    }

    /// <summary>Gets the id of the key.</summary>
    public string AccessKeyId { get; }

    /// <summary>Gets a value indicating whether the key may be used. The default is <see langword="true"/>; other keys count as unknown.</summary>
    public bool IsActive
    {
        get => _isActive && !_isCleared;
        init => _isActive = value;
    }

    /// <summary>Gets the token of a temporary key, or <see langword="null"/> for a long-term key.</summary>
    public string? SessionToken { get; init; }

    /// <summary>Gets when a temporary key expires, or <see langword="null"/> for never.</summary>
    public DateTimeOffset? SessionExpiration { get; init; }

    /// <summary>Gets when a temporary key was issued; <c>aws:TokenIssueTime</c> in policies.</summary>
    public DateTimeOffset? SessionIssuedAt { get; init; }

    /// <summary>Gets the ARN of the owner, such as <c>arn:aws:iam::123456789012:user/ann</c>.</summary>
    public string? PrincipalArn { get; init; }

    /// <summary>Gets the account of the owner: 12 digits.</summary>
    public string? AccountId { get; init; }

    /// <summary>Gets the unique id of the owner; <c>$context.identity.user</c> and <c>$context.identity.caller</c>.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the name of the owner; <c>aws:username</c> in policies.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets what the owner is. The default is a user.</summary>
    public SigV4PrincipalType PrincipalType { get; init; }

    /// <summary>Gets the organization of the owner; <c>aws:PrincipalOrgID</c> in policies.</summary>
    public string? OrgId { get; init; }

    /// <summary>Gets the paths of the owner within the organization; <c>aws:PrincipalOrgPaths</c> in policies.</summary>
    public IReadOnlyList<string> OrgPaths { get; init; } = [];

    /// <summary>Gets the tags of the owner; <c>aws:PrincipalTag/…</c> in policies.</summary>
    public IReadOnlyDictionary<string, string> PrincipalTags { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets whether the session began with a second factor; <c>aws:MultiFactorAuthPresent</c> in policies.</summary>
    public bool? MfaPresent { get; init; }

    /// <summary>Gets how long ago the second factor was given; <c>aws:MultiFactorAuthAge</c> in policies.</summary>
    public TimeSpan? MfaAge { get; init; }

    /// <summary>Gets the policies of the owner, as JSON. Without any, the owner may do what resource policies allow, and nothing else.</summary>
    public IReadOnlyList<string> IdentityPolicies { get; init; } = [];

    /// <summary>Gets the policy beyond which identity policies allow nothing, as JSON.</summary>
    public string? PermissionsBoundary { get; init; }

    /// <summary>Gets the policies of the session, as JSON.</summary>
    public IReadOnlyList<string> SessionPolicies { get; init; } = [];

    /// <summary>Gets <c>$context.identity.cognitoIdentityId</c>.</summary>
    public string? CognitoIdentityId { get; init; }

    /// <summary>Gets <c>$context.identity.cognitoIdentityPoolId</c>.</summary>
    public string? CognitoIdentityPoolId { get; init; }

    /// <summary>Gets <c>$context.identity.cognitoAuthenticationType</c>.</summary>
    public string? CognitoAuthenticationType { get; init; }

    /// <summary>Gets <c>$context.identity.cognitoAuthenticationProvider</c>.</summary>
    public string? CognitoAuthenticationProvider { get; init; }

    internal ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Gets what tells one secret from another without giving it away: half of its SHA-256.</summary>
    internal UInt128 SecretVersion { get; }

    /// <summary>Overwrites the secret. From then on the key counts as unknown.</summary>
    public void Clear()
    {
        // First, so that no request takes the zeros for a secret.
        _isCleared = true;
        CryptographicOperations.ZeroMemory(_secret);
    }

    /// <summary>Gives the id of the key, and nothing else.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => AccessKeyId;
}
