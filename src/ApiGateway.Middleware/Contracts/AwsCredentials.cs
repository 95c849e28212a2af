namespace ApiGateway.Middleware.Contracts;

/// <summary>The keys with which calls to AWS are signed. Immutable; never prints its secrets.</summary>
public sealed class AwsCredentials
{
    /// <summary>Initializes a new instance of the <see cref="AwsCredentials"/> class.</summary>
    /// <param name="accessKeyId">The id of the key.</param>
    /// <param name="secretAccessKey">The secret.</param>
    /// <param name="sessionToken">The token of temporary keys, or <see langword="null"/>.</param>
    public AwsCredentials(string accessKeyId, string secretAccessKey, string? sessionToken = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        ArgumentException.ThrowIfNullOrEmpty(secretAccessKey);
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
        SessionToken = sessionToken;
    }

    /// <summary>Gets the id of the key.</summary>
    public string AccessKeyId { get; }

    /// <summary>Gets the secret.</summary>
    public string SecretAccessKey { get; }

    /// <summary>Gets the token of temporary keys, or <see langword="null"/>.</summary>
    public string? SessionToken { get; }

    /// <summary>Gives the id of the key, and nothing else.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => AccessKeyId;
}
